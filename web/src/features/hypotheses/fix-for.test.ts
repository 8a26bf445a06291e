import { expect, test } from 'vitest'
import { fixFor } from './fix-for.ts'

test.each([
  ['hypothesis', { to: 'step', step: 'decide' }],
  ['exposure', { to: 'step', step: 'expose' }],
  ['duration', { to: 'step', step: 'expose' }],
  ['layer', { to: 'step', step: 'expose' }],
  ['power', { to: 'step', step: 'expose' }],
  ['traffic', { to: 'step', step: 'expose' }],
  ['same-metric', { to: 'step', step: 'expose' }],
  ['margins', { to: 'step', step: 'measure' }],
  ['seen-below', { to: 'flag' }],
  ['guardrails', { to: 'step', step: 'measure' }],
  ['overlap', { to: 'flag' }],
  ['reach', { to: 'flag' }],
  ['flag-on', { to: 'flag' }],
  ['sdk', { to: 'keys' }],
  ['something-new', null],
])('%s is put right at %j', (id, fix) => {
  expect(fixFor(id, [{ field: 'decider', message: 'Name who decides.' }])).toEqual(fix)
})
