export const TAG_LENGTH = 24;
export const TAG_COUNT = 10;

/** The tags in what was typed, by commas or line ends; a leading # is taken off. */
export function splitTags(typed: string): string[] {
  const tags = typed
    .split(/[,，、;；\n]/)
    .map((tag) => tag.trim().replace(/^[#＃]/, '').trim())
    .filter((tag) => tag !== '');
  return [...new Set(tags)];
}

export function tagsFit(tags: readonly string[]): boolean {
  return tags.length <= TAG_COUNT && tags.every((tag) => [...tag].length <= TAG_LENGTH);
}

export function tagChange(before: readonly string[], after: readonly string[]): { add: string[]; remove: string[] } {
  return {
    add: after.filter((tag) => !before.includes(tag)),
    remove: before.filter((tag) => !after.includes(tag)),
  };
}
