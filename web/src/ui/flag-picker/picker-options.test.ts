import type { FlagPage, FlagSummary } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { pickerOptions } from './picker-options.ts'

const flag = (key: string, name: string): FlagSummary => ({
  key, name, kind: 'release', type: 'boolean', owner: null, tags: [], clientVisible: false, expectedRemoval: null, archivedAt: null, createdAt: '', openChanges: 0, variants: [], environments: [], experiment: null, changedAt: '', changedBy: '',
})
const found = (matching: number): FlagPage => ({ flags: [flag('promo', 'Promotion'), flag('search', 'search')], matching, inView: matching, nextCursor: null })

test('a flag is named by its name and key, once where they are the same', () => {
  expect(pickerOptions(found(2), 'promo', [])).toEqual([{ value: 'promo', label: 'Promotion (promo)' }, { value: 'search', label: 'search' }])
})

test('the flag that is chosen can be seen even where it was not found', () => {
  expect(pickerOptions(undefined, 'other', [])).toEqual([{ value: 'other', label: 'other' }])
  expect(pickerOptions(found(2), 'other', []).map(({ value }) => value)).toEqual(['other', 'promo', 'search'])
})

test('flags that are not to be chosen are left out, and how many were not shown is said', () => {
  expect(pickerOptions(found(4_001), null, ['promo'])).toEqual([{ value: 'search', label: 'search' }, { value: '', label: '3,999 more: write a part of a name, key or tag', disabled: true }])
})
