import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Targeting } from '../contract/flags.ts'
import { type FlagMemory, type FlagStep, readStep } from './flag-step.ts'
import { ROLLBACK_WINDOW_MS } from './rollback.ts'

const HOUR_MS = 3_600_000
const off: Targeting = { enabled: false, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
const everybody: Targeting = { ...off, enabled: true }
const share = (percent: number): Targeting => ({ ...everybody, fallthrough: { unit: 'user', salt: 's', hash: 'murmur3', coverage: percent * 1000, arms: [{ variant: 'on', weight: 100_000 }] } })

/** What a flag does from hour to hour, beginning with off. */
function read(changes: readonly { hour: number; to: Targeting }[], archives = false): FlagStep[] {
  let memory: FlagMemory = { exposure: null, standing: [] }
  let before = off
  return changes.flatMap(({ hour, to }, index) => {
    const found = readStep(memory, { seq: index + 1, at: new Date(hour * HOUR_MS), action: 'flag.targeting_changed', flag: 'banner', environment: 'production', by: 'Ada', before, after: to }, archives)
    before = to
    if (found === null) return []
    memory = found.memory
    return [found.step]
  })
}
const rollbacks = (steps: readonly FlagStep[]) => steps.flatMap(({ seq, rollback }) => (rollback ? [[seq, rollback.of]] : []))

test('a flag that climbs to everybody says since when, and with which change it got there', () => {
  const steps = read([{ hour: 1, to: share(10) }, { hour: 2, to: share(50) }, { hour: 8, to: everybody }])
  expect(steps.map(({ exposedAt, completes }) => [exposedAt?.getTime(), completes])).toEqual([[HOUR_MS, false], [HOUR_MS, false], [HOUR_MS, true]])
  expect(rollbacks(steps)).toEqual([])
})

test('what was turned off in time, and what was put back, are rollbacks; bringing it live again is not', () => {
  const steps = read([{ hour: 0, to: share(10) }, { hour: 1, to: share(50) }, { hour: 2, to: share(10) }, { hour: 3, to: share(50) }, { hour: 4, to: { ...share(50), enabled: false } }, { hour: 5, to: share(50) }])
  expect(rollbacks(steps)).toEqual([[3, 2], [5, 4]])
})

test('an entry that changes nothing, or that is about something else, is no step', () => {
  expect(read([{ hour: 0, to: off }])).toEqual([])
  expect(readStep({ exposure: null, standing: [] }, { seq: 1, at: new Date(0), action: 'flag.explained', flag: 'banner', environment: 'production', by: 'Ada', before: null, after: null }, false)).toBeNull()
})

test('turning off by archiving is cleaning up, not a rollback', () => {
  expect(rollbacks(read([{ hour: 0, to: everybody }, { hour: 1, to: off }]))).toEqual([[2, 1]])
  expect(rollbacks(read([{ hour: 0, to: everybody }, { hour: 1, to: off }], true))).toEqual([])
})

test('whatever happens, a rollback takes back only changes of the last day that were live, and none twice', () => {
  const states = [off, everybody, share(10), share(50), { ...share(50), enabled: false }]
  fc.assert(fc.property(fc.array(fc.record({ wait: fc.integer({ min: 1, max: 30 }), to: fc.constantFrom(...states) }), { maxLength: 40 }), (moves) => {
    let hour = 0
    const steps = read(moves.map(({ wait, to }) => ({ hour: (hour += wait), to })))
    const taken = new Set<number>()
    for (const { at, rollback } of steps) {
      for (const seq of rollback?.takesBack ?? []) {
        const change = steps.find((step) => step.seq === seq)
        expect(taken.has(seq)).toBe(false)
        taken.add(seq)
        expect(change).toMatchObject({ isOn: true, rollback: null })
        expect(at.getTime() - (change?.at.getTime() ?? -Infinity)).toBeLessThanOrEqual(ROLLBACK_WINDOW_MS)
        expect(at.getTime()).toBeGreaterThan(change?.at.getTime() ?? Infinity)
      }
    }
  }))
})
