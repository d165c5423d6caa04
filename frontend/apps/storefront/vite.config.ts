import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { compactCatalogues } from './scripts/compact-catalogues.ts'
import { slimLit } from './scripts/slim-lit.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Engines that know light-dark(): the style sheets rely on it, so it must not be lowered.
const cssTarget = ['chrome123', 'firefox120', 'safari17.5']

/** After minifying, line breaks stand only in templates and style sheets, where one space says the same. */
const flatTemplates: Plugin = {
  name: 'flat-templates',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replace(/\s*\n\s*|\/\* @__PURE__ \*\//g, ' ').replace(/` </g, '`<')
    }
  },
}

/** The one module script that shops embed, by a fixed name; it fetches an element's chunk where a page has it. */
const embed: UserConfig = {
  plugins: [compactCatalogues, slimLit, flatTemplates],
  build: {
    outDir: here('dist/embed/v1'),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget,
    lib: { entry: here('src/embed.ts'), formats: ['es'] },
    rolldownOptions: {
      // What form and history share stays in the entry: one request for a page with a form.
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: 'inquiry.js',
        chunkFileNames: ({ facadeModuleId }) => `${/\/(\w+)\/panel\.ts$/.exec(facadeModuleId ?? '')?.[1] ?? 'shared'}-[hash].js`,
        // Library mode leaves white space in, for bundlers to come; nothing comes after this one.
        minify: { compress: true, mangle: true, codegen: true },
      },
    },
  },
}

/** A page with its assets, served below its own name. It loads the embed by its public address. */
function page(name: string): UserConfig {
  return {
    root: here(name),
    base: `/${name}/`,
    build: {
      outDir: here(`dist/${name}`),
      emptyOutDir: true,
      target: 'es2022',
      cssTarget,
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  }
}

export default defineConfig(({ mode }) => {
  if (mode === 'embed') return embed
  if (mode === 'guest' || mode === 'storefront') return page(mode)
  return { test: { include: ['test/**/*.test.ts'], environment: 'node' } } as UserConfig
})
