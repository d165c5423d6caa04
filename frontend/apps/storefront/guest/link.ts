/** What a mail's link carries in its fragment, which browsers never send to a server. */
export type Link = { kind: 'confirm' | 'inquiry' | 'reopen'; token: string; shop: string }

export function linkIn(fragment: string): Link | undefined {
  const said = new URLSearchParams(fragment.replace(/^#/, ''))
  const shop = said.get('shop')
  for (const kind of ['confirm', 'inquiry', 'reopen'] as const) {
    const token = said.get(kind)
    if (token && shop) return { kind, token, shop }
  }
  return undefined
}
