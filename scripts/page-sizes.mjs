// What a browser loads of JavaScript, styles and fonts for the entry, for each page and for parts that come later, compressed, held to what is allowed. Reads the last build.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../web/dist/', import.meta.url))
/** In kB of 1,000 bytes, after gzip but for fonts: what we aim at, and what fails. */
const budgets = {
  entry: { target: 165, most: 180 },
  page: { target: 205, most: 230 },
  styles: { target: 24, most: 30 },
  fonts: { target: 90, most: 110 },
  /** What a part that comes later has for itself; of the keys, what everybody loads. */
  palette: { target: 8, most: 9.2 },
  keyboard: { target: 3, most: 3.45 },
  part: { target: 65, most: 75 },
}

const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const bytes = new Map()
const later = Object.keys(manifest).filter((chunk) => manifest[chunk].isDynamicEntry)
const pages = later.filter((chunk) => /-page\.tsx$/.test(chunk))
const entry = Object.keys(manifest).find((chunk) => manifest[chunk].isEntry)
const first = withImports(entry)
const shell = withImports('src/app/shell.tsx', first)

const sizes = [
  { name: 'JavaScript of the entry', kb: scripts(first), ...budgets.entry },
  ...heaviestFirst(pages.map((page) => ({ name: `JavaScript of ${nameOf(page)}`, kb: scripts(withImports(page, around(page))), ...budgets.page }))),
  ...heaviestFirst(pages.map((page) => ({ name: `styles of ${nameOf(page)}`, kb: styles(withImports(page, around(page))), ...budgets.styles }))).slice(0, 5),
  { name: 'fonts of a page in English', kb: fonts(), ...budgets.fonts },
  ...heaviestFirst(partSizes()).slice(0, 8),
]
for (const { name, kb, target, most } of sizes) console.log(`${kb.toFixed(1).padStart(6)} kB  ${name}${kb > most ? `  more than ${most}` : kb > target ? `  over the target of ${target}` : ''}`)
const tooLarge = sizes.filter(({ kb, most }) => kb > most)
if (tooLarge.length > 0) console.log(`\n${tooLarge.length} of ${sizes.length} load too much. Load what is not seen at once by lazy(), or find what draws a library in.`)
process.exitCode = tooLarge.length > 0 ? 1 : 0

/** Signing in and what is printed stand outside of the shell. */
function around(page) {
  return /features\/account\/|\/report\//.test(page) ? first : shell
}

/** What no other page or part loads: a library that came in for one of them alone. */
function partSizes() {
  const users = new Map()
  for (const part of later) for (const chunk of withImports(part)) users.set(chunk, (users.get(chunk) ?? 0) + 1)
  return later.filter((part) => !pages.includes(part) && !shell.has(part)).map((part) => {
    const own = [...withImports(part)].filter((chunk) => users.get(chunk) === 1 && !first.has(chunk))
    const budget = /\/palette\.tsx$/.test(part) ? budgets.palette : /\/keyboard\.tsx$/.test(part) ? budgets.keyboard : budgets.part
    return { name: `what ${nameOf(part)} has for itself`, kb: scripts(own), ...budget }
  })
}

/** Files that the letters of English need, of the families that the entry's styles declare. */
function fonts() {
  const css = (manifest[entry].css ?? []).map((file) => readFileSync(dist + file, 'utf8')).join('')
  const faces = [...css.matchAll(/@font-face\s*\{[^}]*\}/g)].map(([face]) => face).filter(hasLetters)
  const files = new Set(faces.flatMap((face) => [...face.matchAll(/url\("?\/?([^")]+)"?\)/g)].map(([, file]) => file.replace(/^.*assets\//, 'assets/'))))
  if (files.size === 0) throw new Error('The entry declares no font.')
  return [...files].reduce((sum, file) => sum + readFileSync(dist + file).length, 0) / 1000
}

/** Whether a face is fetched for the letter A: `U+??` is from U+00 to U+FF. */
function hasLetters(face) {
  const ranges = /unicode-range:([^;}]*)/.exec(face)?.[1] ?? 'U+0-10FFFF'
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    return Number.parseInt(from.replaceAll('?', '0'), 16) <= 0x41 && Number.parseInt(to.replaceAll('?', 'F'), 16) >= 0x41
  })
}

function heaviestFirst(list) {
  // What is over its budget is never cut off.
  return list.sort((a, b) => b.kb / b.most - a.kb / a.most)
}

function nameOf(chunk) {
  return chunk.replace(/^src\/(features|app|ui)\//, '')
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

function scripts(chunks) {
  return [...chunks].reduce((sum, chunk) => sum + sizeOf(manifest[chunk].file), 0) / 1000
}

function styles(chunks) {
  const files = new Set([...chunks].flatMap((chunk) => manifest[chunk].css ?? []))
  return [...files].reduce((sum, file) => sum + sizeOf(file), 0) / 1000
}

function sizeOf(file) {
  if (!bytes.has(file)) bytes.set(file, gzipSync(readFileSync(dist + file)).length)
  return bytes.get(file)
}
