/** Browser storage that may be full, blocked or absent: reading gives null then, writing gives false. */
export type Store = {
  get: (key: string) => string | null;
  set: (key: string, value: string) => boolean;
  remove: (key: string) => void;
  keys: () => string[];
};

export function store(pick: () => Storage): Store {
  const guard = <T>(work: (storage: Storage) => T, otherwise: T): T => {
    try {
      return work(pick());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => guard((storage) => storage.getItem(key), null),
    set: (key, value) => guard((storage) => (storage.setItem(key, value), true), false),
    remove: (key) => guard((storage) => storage.removeItem(key), undefined),
    keys: () => guard((storage) => Object.keys(storage), []),
  };
}

export const local = store(() => localStorage);
export const session = store(() => sessionStorage);
