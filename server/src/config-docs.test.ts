import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const source = readFileSync(new URL('./config.ts', import.meta.url), 'utf8')
const docs = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')

/** Variable and default of every row of a Markdown table of variables. */
function rows(text: string): [variable: string, fallback: string][] {
  return [...text.matchAll(/\| `([A-Z_]+)`\s*\| ([^|]+?)\s*\|/g)].map(([, variable = '', fallback = '']) => [variable, fallback])
}

test('docs/operations.md lists the environment variables that config.ts reads, with the same defaults', () => {
  const read = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, variable]) => variable)
  expect(read.length).toBeGreaterThan(5)
  expect(rows(source).map(([variable]) => variable)).toEqual(read)
  expect(rows(docs)).toEqual(rows(source))
})
