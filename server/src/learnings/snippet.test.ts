import { expect, test } from 'vitest'
import { FOUND_FROM, FOUND_TO, snippetPieces } from './snippet.ts'

const found = (text: string) => `${FOUND_FROM}${text}${FOUND_TO}`

test('a marked text falls into pieces, and nothing of it is markup', () => {
  expect(snippetPieces(`People ${found('left')} the <b>form</b>, ${found('form')}`)).toEqual([
    { text: 'People ', found: false },
    { text: 'left', found: true },
    { text: ' the <b>form</b>, ', found: false },
    { text: 'form', found: true },
  ])
  expect(snippetPieces('nothing')).toEqual([{ text: 'nothing', found: false }])
  expect(snippetPieces('')).toEqual([])
})
