// Runs vector files of the form {name, cases: [{id, fn, input, expected, tol}]} against the statistics engine:
//   npm run vectors -- FILE... [--verbose]
// Without files: those of vectors/stats and, where present, ../shared/vectors/stats. Exit code 1 when a case differs or names no function.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

const root = fileURLToPath(new URL('..', import.meta.url))
const verbose = process.argv.includes('--verbose')
const named = process.argv.slice(2).filter((arg) => arg !== '--verbose')
// npm runs scripts in the repository; INIT_CWD is where the person stands.
const files = named.length > 0 ? named.map((file) => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file)) : ['vectors/stats', '../shared/vectors/stats'].flatMap(filesOf)

/** @param {string} folder */
function filesOf(folder) {
  const at = path.join(root, folder)
  return existsSync(at) ? readdirSync(at).filter((file) => file.endsWith('.json')).map((file) => path.join(at, file)) : []
}

const absent = files.filter((file) => !existsSync(file))
if (files.length === 0 || absent.length > 0) {
  console.error(absent.length > 0 ? `There is no file ${absent.join(', ')}.` : 'There are no vector files: name some.')
  process.exit(1)
}

// The engine is TypeScript; vite loads it without a build.
const vite = await createViteServer({ root, configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, hmr: false, watch: null, ws: false }, optimizeDeps: { noDiscovery: true } })
let failed = 0
try {
  const { fns } = await vite.ssrLoadModule('/vectors/stats-adapter.ts')
  const { differences } = await vite.ssrLoadModule('/vectors/compare.ts')
  let passed = 0
  for (const file of files) {
    const { name, cases } = JSON.parse(readFileSync(file, 'utf8'))
    const wrong = cases.flatMap((/** @type {{ id: string, fn: string, input: unknown, expected: unknown, tol: { rel: number, abs: number } }} */ one) => {
      const found = run(fns[one.fn], one, differences)
      return found.length === 0 ? [] : [`  ${one.fn} ${one.id}: ${found.slice(0, verbose ? 20 : 3).join('; ')}`]
    })
    passed += cases.length - wrong.length
    failed += wrong.length
    console.log([`${String(name ?? path.basename(file)).padEnd(22)} ${cases.length - wrong.length} passed, ${wrong.length} failed`, ...wrong].join('\n'))
  }
  console.log(`\n${passed} passed, ${failed} failed`)
} finally {
  await vite.close()
}
process.exitCode = failed === 0 ? 0 : 1

/** @param {any} fn @param {any} one @param {any} differences @returns {string[]} */
function run(fn, one, differences) {
  if (!fn) return ['the engine has no such function']
  try {
    return differences(fn(one.input), one.expected, one.tol)
  } catch (error) {
    return [`threw ${error instanceof Error ? error.message : String(error)}`]
  }
}
