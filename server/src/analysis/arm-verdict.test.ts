import { expect, it } from 'vitest'
import { decideArm, type ArmVerdictInput } from './arm-verdict.ts'

const ended: ArmVerdictInput = {
  srmP: 0.4, sequentialSrmP: 1, multipleExposure: false, days: 14, minDays: 7, plannedDays: 14, informationFraction: 1, mode: 'group_sequential', minimumEffect: 0.02,
  primary: { lower: -0.01, upper: 0.03 }, guardrails: [],
}
const kind = (change: Partial<ArmVerdictInput>) => decideArm({ ...ended, ...change }).kind

it('a limit that is only touched decides nothing', () => {
  expect(kind({ primary: { lower: -0.05, upper: 0 } })).toBe('rejected')
  expect(kind({ primary: { lower: 0, upper: 0.03 } })).toBe('inconclusive')
  expect(kind({ primary: { lower: -0.01, upper: 0.02 } })).toBe('inconclusive')
  expect(kind({ srmP: 0.001 })).toBe('inconclusive')
})

it('a split that alarms at every look blocks at once; one that alarms once blocks at the end', () => {
  const running = { days: 3, informationFraction: 0.2 }
  expect(kind({ ...running, sequentialSrmP: 0.0005 })).toBe('invalid')
  expect(kind({ ...running, srmP: 0.0005 })).toBe('inconclusive')
  expect(kind({ srmP: 0.0005 })).toBe('invalid')
})

it('a guardrail may stop a fixed plan before its end; its primary metric may not', () => {
  const running: Partial<ArmVerdictInput> = { mode: 'fixed', days: 3, informationFraction: 0.2 }
  expect(decideArm({ ...ended, ...running, primary: { lower: -0.1, upper: -0.05 } }).reasons).toEqual([{ code: 'running' }])
  expect(decideArm({ ...ended, ...running, guardrails: [{ metric: 'errors', harm: true, nonInferior: false }] })).toEqual({ kind: 'harmful', final: true, reasons: [{ code: 'guardrail_worse', metric: 'errors' }] })
})

it('an open-ended plan may be confirmed and never runs out', () => {
  const open: Partial<ArmVerdictInput> = { mode: 'always_valid', plannedDays: null, informationFraction: null, days: 400 }
  expect(kind({ ...open, primary: { lower: 0.03, upper: 0.05 } })).toBe('confirmed')
  expect(decideArm({ ...ended, ...open })).toEqual({ kind: 'inconclusive', final: false, reasons: [{ code: 'running' }] })
})

it('an effect of unknown upper bound is not ruled out', () => {
  expect(kind({ primary: { lower: 0.001, upper: Infinity } })).toBe('confirmed')
  expect(kind({ primary: { lower: -0.5, upper: Infinity } })).toBe('inconclusive')
  expect(kind({ primary: null })).toBe('inconclusive')
})
