import { expect, test } from 'vitest'
import { highlight } from './highlight.ts'

test('the parts of a sample are told apart, and nothing is lost', () => {
  const code = "import { a } from 'b' // why\nconst n = 10\n# all"
  expect(highlight(code).map(({ text }) => text).join('')).toBe(code)
  expect(highlight(code).filter(({ kind }) => kind !== 'plain')).toEqual([
    { kind: 'keyword', text: 'import' }, { kind: 'keyword', text: 'from' }, { kind: 'string', text: "'b'" }, { kind: 'comment', text: '// why' },
    { kind: 'keyword', text: 'const' }, { kind: 'number', text: '10' }, { kind: 'comment', text: '# all' },
  ])
})

test('an address in a text is text', () => {
  expect(highlight("'http://localhost:4000'")).toEqual([{ kind: 'string', text: "'http://localhost:4000'" }])
  expect(highlight('GET http://localhost/a').map(({ kind }) => kind)).toEqual(['plain'])
})
