import type { Plugin } from 'vite'

/**
 * The translations travel as lists in the order of the base catalogue's keys, which saves a fifth of their size.
 * A test holds all catalogues to that order.
 */
export const compactCatalogues: Plugin = {
  name: 'compact-catalogues',
  enforce: 'pre',
  transform(code, id) {
    const file = /\/i18n\/\w+\/(?:zh-Hans|en)\.ts$/.exec(id)
    const name = /export const (\w+):/.exec(code)?.[1]
    if (!file || !name) return
    const values = [...code.matchAll(/^ {2}'?[\w.]+'?: (.*),$/gm)].map(([, value]) => value)
    return `import { zhHant } from './zh-Hant.ts'
const values = [${values.join(',')}]
export const ${name} = Object.fromEntries(Object.keys(zhHant).map((key, at) => [key, values[at]]))`
  },
}
