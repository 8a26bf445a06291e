import { expect, test } from 'vitest'
import { draftOf, inMode, readDraft } from './context-draft.ts'

test('an empty context starts with a row for the person, and is still empty', () => {
  const draft = draftOf({})
  expect(draft).toMatchObject({ mode: 'rows', rows: [{ path: 'targetingKey', kind: 'text', text: '' }] })
  expect(readDraft(draft)).toEqual({ context: {}, problems: new Map() })
})

test('a context goes to JSON and back', () => {
  const context = { targetingKey: 'c-1', company: { id: 'acme' } }
  const json = inMode(draftOf(context), 'json')
  expect(json).toEqual({ mode: 'json', text: JSON.stringify(context, null, 2) })
  expect(json && inMode(json, 'rows')).toEqual(draftOf(context))
})

test.each([
  ['{"a":', /This is not JSON/],
  ['[1]', /A context is an object/],
  ['"x"', /A context is an object/],
  ['null', /A context is an object/],
])('%s is no context', (text, problem) => {
  expect(readDraft({ mode: 'json', text })).toMatchObject({ problem: expect.stringMatching(problem) })
  expect(inMode({ mode: 'json', text }, 'rows')).toBeNull()
})
