// Weighs what is built, gzip -9, and fails where a budget is passed. A missing build is a failure, too.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = dirname(fileURLToPath(import.meta.url));
const KB = 1000;
const weigh = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** A module with everything that it imports statically. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  for (const [, path] of source.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g)) {
    withImports(normalize(join(dirname(file), path)), seen);
  }
  return seen;
}

function admin() {
  const dist = join(root, 'apps/admin/dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const inDist = (path) => join(dist, path.replace(/^\/admin\//, ''));
  const entry = inDist(/<script[^>]+src="([^"]+)"/.exec(html)[1]);
  const eager = withImports(entry);
  const styles = [...html.matchAll(/<link rel="stylesheet"[^>]+href="([^"]+)"/g)].map((match) => inDist(match[1]));
  const assets = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
  const lazy = assets.map((name) => join(dist, 'assets', name)).filter((file) => !eager.has(file));
  const isLocale = (file) => /\/(zh-Hant|zh-Hans|en)-[\w-]+\.js$/.test(file);
  return [
    ['admin entry JS', [...eager], 110],
    ['admin CSS', styles, 10],
    ...lazy.map((file) => (isLocale(file) ? [`locale ${baseName(file)}`, [file], 10] : [`lazy ${baseName(file)}`, [file], 20])),
  ];
}

function storefront() {
  const dist = join(root, 'apps/storefront/dist/embed/v1');
  const embed = join(dist, 'inquiry.js');
  const names = existsSync(dist) ? readdirSync(dist) : [];
  // What comes later, each in a file of its own; a missing one weighs nothing that could pass.
  const later = (start) => [join(dist, names.find((name) => name.startsWith(start)) ?? `${start}.js`)];
  return [
    ['storefront embed', existsSync(embed) ? [...withImports(embed)] : [embed], 15],
    ['storefront inquiry-history', later('history-'), 10],
    ['storefront order-care', later('orders-'), 12],
  ];
}

function baseName(file) {
  return file.split('/').at(-1);
}

let failed = false;
for (const [what, files, budget] of [...admin(), ...storefront()]) {
  const size = files.reduce((sum, file) => sum + (existsSync(file) ? weigh(file) : Number.NaN), 0) / KB;
  const fits = size <= budget;
  failed ||= !fits;
  process.stdout.write(`${fits ? 'ok  ' : 'OVER'} ${what.padEnd(36)} ${size.toFixed(1).padStart(6)} of ${budget} kB gz\n`);
}
process.exit(failed ? 1 : 0);
