import { expect, test } from 'vitest'
import { completeDraft } from '../testing/drafts.ts'
import { beliefWords } from './belief-words.ts'

test('a belief is one sentence', () => {
  expect(beliefWords(completeDraft(), 'Order rate')).toBe('We believe that offer express pay at checkout for returning shoppers will raise Order rate by at least 2%, because most leave at the address form.')
  expect(beliefWords({ ...completeDraft(), audience: '', direction: 'decrease', minimumEffect: null, because: 'so.' }, 'Refunds')).toBe('We believe that offer express pay at checkout will lower Refunds, because so.')
})
