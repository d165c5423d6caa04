export type Part = { text: string; href?: string };

/** Web and mail addresses. Chinese punctuation ends an address, as people write none between the two. */
const ADDRESS = /https?:\/\/[^\s<>"'，。；：！？、（）「」『』《》]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/giu;
const TRAILING = /[.,;:!?…]+$/u;

/** Cuts plain text at its addresses. Only http, https and mail become links. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = /^https?:/i.test(address) ? webAddress(address) : `mailto:${address}`;
    if (!href) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** Without the sentence's own punctuation, and without a bracket that was opened before the address. */
function trimmed(address: string): string {
  const plain = address.replace(TRAILING, '');
  const opened = plain.split('(').length;
  const closed = plain.split(')').length;
  return closed > opened && plain.endsWith(')') ? trimmed(plain.slice(0, -1)) : plain;
}

function webAddress(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).href : undefined;
}
