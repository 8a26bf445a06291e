import type { Flag, FlagType, Ruleset } from '@assay/sdk/core'
import { expect, test } from 'vitest'
import { typedFlags } from './typed-flags.ts'

function rulesetOf(...flags: [key: string, type: FlagType, ...variants: string[]][]): Ruleset {
  return {
    schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 7, cohorts: [], layers: [], holdouts: [],
    flags: flags.map(([key, type, ...variants]): Flag => ({ key, type, enabled: true, clientVisible: false, revision: 1, variants: variants.map((variant) => ({ key: variant, value: null })), rules: [], fallthrough: { variant: variants[0] ?? '' } })),
  }
}

test('flags are declared by key, in order, each with its type and its variants', () => {
  expect(typedFlags(rulesetOf(['layout', 'string', 'wide', 'narrow'], ['express-pay', 'boolean', 'on', 'off']))).toBe(`// Written by assay generate from shop/production. Run it again when flags change.
import '@assay/sdk'

declare module '@assay/sdk' {
  interface Flags {
    /** Variants: on, off */
    "express-pay": 'boolean'
    /** Variants: wide, narrow */
    "layout": 'string'
  }
}
`)
})

test('OpenFeature’s typed keys are declared where wanted, and a type without flags has no keys', () => {
  expect(typedFlags(rulesetOf(['a', 'integer', 'x'], ['b', 'float', 'x'], ['c', 'boolean', 'x']), { openfeature: true })).toContain(`declare module '@openfeature/core' {
  export type BooleanFlagKey = "c"
  export type StringFlagKey = never
  export type NumberFlagKey = "a" | "b"
  export type ObjectFlagKey = never
}
`)
})

test('nothing that a ruleset says ends a comment or a text', () => {
  const text = typedFlags(rulesetOf(['"; evil("', 'string', '*/ evil()', 'two\nlines']))
  expect(text).toContain('/** Variants: * / evil(), two lines */')
  expect(text).toContain('"\\"; evil(\\"": \'string\'')
})
