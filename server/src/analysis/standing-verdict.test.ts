import { expect, test } from 'vitest'
import type { Verdict, VerdictKind } from '../contract/analysis.ts'
import { standingVerdict } from './standing-verdict.ts'

const verdict = (kind: VerdictKind, final: boolean): Verdict => ({ kind, final, reasons: [], warnings: [], sentence: kind, arms: [], checks: [] })

test.each([
  ['the newest while none was final', null, verdict('inconclusive', false), 'inconclusive'],
  ['the first final one, whatever came later', verdict('confirmed', true), verdict('rejected', true), 'confirmed'],
  ['unless the data turn out unsound', verdict('confirmed', true), verdict('invalid', false), 'invalid'],
])('an experiment is known by %s', (_, firstFinal, newest, kind) => {
  expect(standingVerdict(firstFinal, newest).kind).toBe(kind)
})
