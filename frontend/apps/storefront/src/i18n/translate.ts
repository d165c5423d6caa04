export type Values = Record<string, string | number>
export type Translate<Key extends string> = (key: Key, values?: Values) => string

export const translator = <Key extends string>(messages: Record<Key, string>): Translate<Key> =>
  (key, values = {}) => messages[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
