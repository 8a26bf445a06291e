import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const decisions = readdirSync('docs/decisions').map((name) => `docs/decisions/${name}`)
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`), ...decisions]
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

/** Where a command that the README tells people to type is run: CI, or a test that runs the same program. */
const runBy: Record<string, [file: string, program: string]> = {
  'npm ci && npm start': ['scripts/start.integration.test.ts', 'scripts/start.mjs'],
  'npm ci && npm test': ['.ci/run', 'npm ci && npm test'],
  'npm run demo': ['server/src/cli/demo.integration.test.ts', 'scripts/demo.mjs'],
  'npm run replay -- FOLDER': ['server/src/cli/replay.integration.test.ts', 'dist/cli/replay.js'],
}

test('every command of the README is run by CI or by a test', () => {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, text = '']) => text.trim().split('\n'))
  expect(blocks).toEqual(Object.keys(runBy))
  for (const [file, program] of Object.values(runBy)) expect(readFileSync(file, 'utf8'), file).toContain(program)
})

test('every npm script that a page names exists, and runs a program that exists', () => {
  for (const page of pages) {
    for (const [, name = ''] of readFileSync(page, 'utf8').matchAll(/\bnpm run ([a-z:]+)/g)) expect(Object.keys(scripts), page).toContain(name)
  }
  for (const command of Object.values(scripts)) for (const [program] of command.matchAll(/\bscripts\/\S+\.mjs/g)) expect(existsSync(program), program).toBe(true)
})

test.each(pages)('%s links to pages that exist', (page) => {
  for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\(((?!https?:|#)[^)\s]+)\)/g)) {
    expect(existsSync(join(dirname(page), target.replace(/#.*/, ''))), `${page}: ${target}`).toBe(true)
  }
})

test.each(pages.filter((page) => !decisions.includes(page)))('%s names files and folders that exist', (page) => {
  for (const [, path = ''] of readFileSync(page, 'utf8').matchAll(/`((?:sdk|server|web|e2e|scripts|vectors|docs|prisma|bench)\/[A-Za-z0-9._/-]*)`/g)) {
    expect(existsSync(path), `${page}: ${path}`).toBe(true)
  }
})

test('every page of docs is reached from the README', () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const page of pages.filter((name) => name.startsWith('docs/') && !decisions.includes(name))) expect(readme).toContain(`](${page})`)
})
