import type { Plugin } from 'vite'

/**
 * Lit calls hooks for browsers without shadow roots and for pages rendered on a server, and lists its versions for a
 * warning of its development build. A shop's page needs neither, and the customer would wait for them.
 */
export const slimLit: Plugin = {
  name: 'slim-lit',
  transform(code, id) {
    if (!/\/node_modules\/(@lit|lit|lit-html|lit-element)\//.test(id)) return
    return code
      .replace(/\(\w+\.\w+Versions\s*\?\?=\s*\[\]\)\.push\("[\d.]+"\)/g, '0')
      .replace(/\b\w+\.\w+(?:PolyfillSupport|HydrateSupport)\b/g, 'undefined')
  },
}
