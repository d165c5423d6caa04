/** What stands in an avatar: the last two characters of a Chinese name's given part, or Latin initials. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') return '?';
  const words = trimmed.split(/\s+/);
  if (/^[\p{Script=Latin}]/u.test(trimmed)) {
    const letters = words.map((word) => [...word][0] ?? '');
    return (words.length > 1 ? (letters[0] ?? '') + (letters.at(-1) ?? '') : (letters[0] ?? '')).toUpperCase();
  }
  return [...trimmed].slice(-1).join('');
}

/** One of six quiet hues, the same for the same name everywhere. */
export function hue(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % 6;
}
