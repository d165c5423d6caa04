import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const host = process.env['KEFU_HOST'] ?? 'http://127.0.0.1:8787';

export default defineConfig({
  base: '/admin/',
  plugins: [svelte()],
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    // The local issuer leads back to no other.
    strictPort: true,
    proxy: Object.fromEntries(['/v1', '/local', '/config.json'].map((path) => [path, host])),
  },
});
