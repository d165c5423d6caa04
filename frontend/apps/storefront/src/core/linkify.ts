export interface Piece {
  text: string
  href?: string
}

// Ends before white space, quotes, brackets and full-width punctuation, which Chinese text sets without a space.
const ADDRESS = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef\u2018-\u201d]+/gi
const TRAILING = /[.,:;!?)\]}…]+$/

/** Plain text in pieces; only complete http(s) addresses become links, everything else stays text. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const shown = withoutTrailing(match[0])
    if (!URL.canParse(shown)) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ text: shown, href: shown })
    end = match.index + shown.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** A closing bracket belongs to the address when the address opened it, as in `/wiki/Tea_(drink)`. */
function withoutTrailing(address: string): string {
  const cut = address.replace(TRAILING, '')
  const bracket = address.charAt(cut.length)
  return bracket === ')' && cut.includes('(') ? cut + bracket : cut
}
