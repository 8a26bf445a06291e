import { expect, test } from 'vitest'
import type { Split } from '@assay/sdk/core'
import { namingOf } from '../../ui/serve/naming.ts'
import { servedShare } from './served-share.ts'

const naming = namingOf([{ key: 'control', name: 'Control' }, { key: 'express', name: 'Express' }])
const split: Split = { unit: 'user', salt: 's', hash: 'murmur3', coverage: 50_000, arms: [{ variant: 'control', weight: 50_000 }, { variant: 'express', weight: 50_000 }] }
const state = { environment: 'production', enabled: true, rules: 0, fallthrough: { variant: 'control' }, split: null, offVariant: null }

test('one variant for everyone is on, with what it is', () => {
  expect(servedShare(state, naming)).toMatchObject({ short: 'On', words: 'Control' })
  expect(servedShare({ ...state, rules: 2 }, naming)).toMatchObject({ short: 'On', words: '2 rules, else Control' })
})

test('a split shows the share of everybody it matches who get anything but control', () => {
  const served = servedShare({ ...state, rules: 1, split }, naming)
  expect(served.short).toBe('25%')
  expect(served.words).toBe('1 rule, Control 50%, Express 50% of the 50% it reaches, else Control')
  expect(served.parts.map(({ share }) => share)).toEqual([0.25, 0.25])
})

test('a flag that is off, or not there, serves nothing', () => {
  expect(servedShare({ ...state, enabled: false, split }, naming)).toEqual({ short: 'Off', parts: [], words: 'off' })
  expect(servedShare(undefined, naming).short).toBe('Off')
})
