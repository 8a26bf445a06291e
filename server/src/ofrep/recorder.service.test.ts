import { compileRuleset, evaluate, type Flag, type Ruleset } from '@assay/sdk/core'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { IngestItem } from '../contract/sdk-wire.ts'
import { AppError } from '../http/app-error.ts'
import { createMeasures } from '../platform/measures.ts'
import { createRecorder, type RecorderLimits } from './recorder.service.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const scope = { id: 'k', kind: 'server' as const, projectId: 'p', environmentId: 'e', environmentKey: 'production', ofrepExtras: true }
const flag: Flag = {
  key: 'tested', type: 'boolean', enabled: true, clientVisible: true, revision: 1, variants: [{ key: 'off', value: false }, { key: 'on', value: true }], rules: [],
  fallthrough: { unit: 'user', salt: 's', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000, experiment: 'EXP-1', phase: 1 },
}
const ruleset: Ruleset = { schema: 1, project: 'shop', environment: 'production', epoch: 'e', version: 1, flags: [flag], cohorts: [], layers: [], holdouts: [] }
const compiled = compileRuleset(ruleset)
const away = new AppError('storage_unavailable', 'away')

function start(limits: Partial<RecorderLimits> = {}) {
  const stored: IngestItem[] = []
  const attempts: string[][] = []
  let failure: Error | null = null
  let room = true
  const measures = createMeasures()
  const recorder = createRecorder({ log: pino({ level: 'silent' }), now: () => new Date(), measures }, {
    async submit(_scope, _envelope, items) {
      attempts.push((items as IngestItem[]).map(({ id }) => id))
      if (failure) throw failure
      stored.push(...(items as IngestItem[]))
      return { accepted: items.length, rejected: [] }
    },
  }, async () => room, limits)
  return {
    recorder,
    attempts,
    stored: (kind: string) => stored.filter((item) => item.kind === kind),
    dropped: () => measures.text().split('\n').filter((line) => line.startsWith('assay_ofrep_items_dropped_total{')),
    fail: (error: Error | null) => { failure = error },
    fill: (isFull: boolean) => { room = !isFull },
    note(unit: string, exposures = true): void {
      const context = { targetingKey: unit, country: 'DE' }
      recorder.note(scope, compiled, evaluate(compiled, 'tested', context), context, { exposures })
    },
  }
}

test('an exposure counts although an attribute beside it cannot be stored', async () => {
  const { recorder, stored } = start()
  const context = { targetingKey: 'a', country: 'DE', city: 'cut \uD83C', note: 'nul \0' }
  recorder.note(scope, compiled, evaluate(compiled, 'tested', context), context, { exposures: true })
  await vi.advanceTimersByTimeAsync(500)
  expect(stored('exposure')).toMatchObject([{ unit: 'a', attributes: { country: 'DE' } }])
  expect(stored('exposure')[0]).not.toHaveProperty('attributes.city')
  expect(stored('exposure')[0]).not.toHaveProperty('attributes.note')
})

test('exposures are sent in a batch after a moment, each unit once an hour', async () => {
  const { note, stored, attempts } = start()
  for (const unit of ['a', 'b', 'a']) note(unit)
  await vi.advanceTimersByTimeAsync(500)
  expect(stored('exposure')).toMatchObject([{ unit: 'a', experiment: 'EXP-1', phase: 1, attributes: { country: 'DE' } }, { unit: 'b' }])
  note('a')
  await vi.advanceTimersByTimeAsync(3_600_000)
  note('a')
  await vi.advanceTimersByTimeAsync(500)
  expect(stored('exposure').map((item) => 'unit' in item && item.unit)).toEqual(['a', 'b', 'a'])
  expect(attempts[0]).toHaveLength(2)
})

test('evaluations are counted, also where the exposure is the caller’s own', async () => {
  const { note, stored } = start()
  for (const unit of ['a', 'a', 'a']) note(unit, false)
  await vi.advanceTimersByTimeAsync(61_000)
  expect(stored('exposure')).toEqual([])
  expect(stored('evaluations')).toMatchObject([{ flag: 'tested', count: 3 }])
})

test('what cannot be stored now is sent again with the same ids', async () => {
  const { note, stored, attempts, fail } = start()
  fail(away)
  note('a')
  await vi.advanceTimersByTimeAsync(6000)
  note('b')
  fail(null)
  await vi.advanceTimersByTimeAsync(6000)
  expect(stored('exposure')).toMatchObject([{ unit: 'a' }, { unit: 'b' }])
  expect(attempts.slice(0, 2).map(([first]) => first)).toEqual([attempts.at(-1)?.[0], attempts.at(-1)?.[0]])
})

test('nothing is written while the disk is full', async () => {
  const { note, attempts, stored, fill } = start()
  fill(true)
  note('a')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(attempts).toEqual([])
  fill(false)
  await vi.advanceTimersByTimeAsync(6000)
  expect(stored('exposure')).toHaveLength(1)
})

test('more than may wait is dropped and counted, and is no repeat later', async () => {
  const { note, stored, dropped, fail } = start({ maxWaiting: 2 })
  fail(away)
  for (const unit of ['a', 'b', 'c']) note(unit)
  await vi.advanceTimersByTimeAsync(500)
  expect(dropped()).toEqual(['assay_ofrep_items_dropped_total{cause="queue_full"} 1'])
  fail(null)
  await vi.advanceTimersByTimeAsync(6000)
  note('c')
  await vi.advanceTimersByTimeAsync(500)
  expect(stored('exposure')).toHaveLength(3)
})

test('a batch that fails for another reason is dropped and counted: the next one is not held up', async () => {
  const { note, stored, dropped, fail } = start()
  fail(new Error('no'))
  note('a')
  await vi.advanceTimersByTimeAsync(500)
  fail(null)
  note('b')
  await vi.advanceTimersByTimeAsync(500)
  expect([stored('exposure').length, dropped()]).toEqual([1, ['assay_ofrep_items_dropped_total{cause="failed"} 1']])
})

test('closing sends what waits, counts included, and says what is lost', async () => {
  const { note, stored, recorder } = start()
  note('a')
  await recorder.close()
  expect([stored('exposure').length, stored('evaluations').length]).toEqual([1, 1])
  const lost = start()
  lost.fail(away)
  lost.note('a')
  await lost.recorder.close()
  expect(lost.dropped()).toEqual(['assay_ofrep_items_dropped_total{cause="closed"} 2'])
})
