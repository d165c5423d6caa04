// Fails when the module that shops embed, or a page's own script, outgrows its budget (UX: embed 15 kB gz).
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const budgets = [
  ['embed/v1', /^inquiry\.js$/, 15_000],
  ['embed/v1', /^history-/, 10_000],
  ['embed/v1', /^orders-/, 12_000],
  ['guest/assets', /\.js$/, 12_000],
  ['guest/assets', /\.css$/, 4_000],
  ['storefront/assets', /\.js$/, 20_000],
  ['storefront/assets', /\.css$/, 5_000],
]

let over = false
for (const [folder, pattern, budget] of budgets) {
  const files = readdirSync(new URL(`${folder}/`, dist)).filter((file) => pattern.test(file))
  if (!files.length) throw new Error(`nothing built in ${folder}`)
  for (const file of files) {
    const size = gzipSync(readFileSync(new URL(`${folder}/${file}`, dist)), { level: 9 }).length
    const verdict = size > budget ? 'OVER' : 'ok'
    over ||= size > budget
    process.stdout.write(`${verdict.padEnd(5)}${String(size).padStart(6)} / ${budget} B gz  ${folder}/${file}\n`)
  }
}
if (over) process.exit(1)
