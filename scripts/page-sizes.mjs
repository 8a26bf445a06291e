// What a browser loads of JavaScript for the entry and for each page, compressed, held to what is allowed. Reads the last build.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../web/dist/', import.meta.url))
/** In kB of 1,000 bytes after gzip: what we aim at, and what fails. */
const budgets = { entry: { target: 165, most: 180 }, page: { target: 205, most: 230 } }

const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const bytes = new Map()
const sizes = pageSizes()
for (const { name, kb, target, most } of sizes) console.log(`${kb.toFixed(1).padStart(6)} kB  ${name}${kb > most ? `  more than ${most}` : kb > target ? `  over the target of ${target}` : ''}`)
const tooLarge = sizes.filter(({ kb, most }) => kb > most)
if (tooLarge.length > 0) console.log(`\n${tooLarge.length} of ${sizes.length} load too much. Load what is not seen at once by lazy(), or find what draws a library in.`)
process.exitCode = tooLarge.length > 0 ? 1 : 0

function pageSizes() {
  const entry = Object.keys(manifest).find((chunk) => manifest[chunk].isEntry)
  const first = withImports(entry)
  const shell = withImports('src/app/shell.tsx', first)
  /** Signing in and what is printed stand outside of it. */
  const around = (page) => (/features\/account\/|\/report\//.test(page) ? first : shell)
  const pages = Object.keys(manifest).filter((chunk) => manifest[chunk].isDynamicEntry && /-page\.tsx$/.test(chunk))
  return [
    { name: 'entry', kb: total(first), ...budgets.entry },
    ...pages.map((page) => ({ name: page.replace(/^src\/(features|app)\//, ''), kb: total(withImports(page, around(page))), ...budgets.page })).sort((a, b) => b.kb - a.kb),
  ]
}

/** A chunk with everything it cannot start without, besides what is loaded already. */
function withImports(chunk, loaded = new Set()) {
  const found = new Set(loaded)
  const open = [chunk]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    open.push(...(manifest[next].imports ?? []))
  }
  return found
}

function total(chunks) {
  return [...chunks].reduce((sum, chunk) => sum + sizeOf(manifest[chunk].file), 0) / 1000
}

function sizeOf(file) {
  if (!bytes.has(file)) bytes.set(file, gzipSync(readFileSync(dist + file)).length)
  return bytes.get(file)
}
