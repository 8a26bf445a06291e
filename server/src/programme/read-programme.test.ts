import { expect, test } from 'vitest'
import type { Analysis } from '../contract/analysis.ts'
import { completeDraft } from '../testing/drafts.ts'
import type { Started } from './programme-facts.ts'
import { readProgramme } from './read-programme.ts'

const now = new Date('2027-02-01T00:00:00.000Z')
let counter = 0

interface Given {
  verdict: string | null
  final?: boolean
  lift?: number
  half?: number
  shipped?: boolean
  forecast?: { probability: number | null; lift: number | null }
  direction?: 'increase' | 'decrease'
}

/** An ended experiment on the metric `orders`, only as far as the programme reads it. */
function experiment({ verdict, final = true, lift = 0.02, half = 0.01, shipped = false, forecast, direction = 'increase' }: Given): Started {
  counter += 1
  const arms = [{ arm: 'on', kind: verdict ?? 'inconclusive', final, reasons: [] }]
  return {
    summary: {
      key: `EXP-${counter}`, title: `Experiment ${counter}`, status: shipped ? 'decided' : 'stopped', endedAt: `2027-01-${String(counter).padStart(2, '0')}T00:00:00.000Z`,
      verdict: verdict === null ? null : { kind: verdict, final, sentence: '' },
      decision: shipped ? { choice: 'ship', variant: 'on', note: '', learning: '', differsFromVerdict: false, by: '', at: '' } : null,
    },
    plan: { hypothesis: { key: 'H-1', draft: { ...completeDraft(), direction, ...(forecast ? { forecast } : {}) } }, metrics: [{ key: 'orders', name: 'Order rate', role: 'primary' }] as never, alpha: 0.05, power: 0.8, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off' },
    analysis: { at: now.toISOString(), verdict: { arms } as unknown as Analysis['verdict'], metrics: [{ role: 'primary', comparisons: [{ arm: 'on', lift, liftLower: lift - half, liftUpper: lift + half }] }] as unknown as Analysis['metrics'] },
  }
}

function programme(given: readonly Given[]) {
  counter = 0
  return readProgramme(given.map(experiment), now)
}

test('an empty programme says why there is no number', () => {
  const { winRate, falseDiscovery, calibration, metrics, sample } = programme([])
  expect([winRate.value, falseDiscovery.value, calibration.value, metrics, sample.counted]).toEqual([null, null, null, [], 0])
  expect(winRate.sentence).toBe('No experiment has a final, valid verdict yet.')
})

test('the win rate counts final, valid verdicts only, with its interval', () => {
  const { winRate, sample } = programme([{ verdict: 'confirmed' }, { verdict: 'confirmed' }, { verdict: 'harmful' }, { verdict: 'rejected' }, { verdict: 'inconclusive' }, { verdict: 'invalid' }, { verdict: 'invalid', final: false }, { verdict: 'inconclusive', final: false }, { verdict: null }])
  expect(sample).toEqual({ counted: 5, invalid: 2, open: 2, from: '2027-01-01T00:00:00.000Z', to: '2027-01-05T00:00:00.000Z' })
  expect(winRate.value).toMatchObject({ wins: 2, decided: 5, rate: 0.4 })
  // Wilson, 2 of 5 at 95 %.
  expect(winRate.value?.lower).toBeCloseTo(0.1176, 4)
  expect(winRate.value?.upper).toBeCloseTo(0.7693, 4)
  expect(winRate.sentence).toBe('2 of 5 experiments with a final verdict were confirmed: 40%. With so few, the true rate lies between 12% and 77%.')
})

test('of the confirmed, the share that is luck follows from the win rate, and is worse at its lower end', () => {
  const { value } = programme([{ verdict: 'confirmed' }, { verdict: 'confirmed' }, ...Array.from({ length: 8 }, () => ({ verdict: 'rejected' }))]).falseDiscovery
  // Win rate 0.2: share that works (0.2 - 0.025) / (0.8 - 0.025), risk 0.025 (1 - share) / 0.2.
  expect(value?.trueShare).toBeCloseTo(0.175 / 0.775, 12)
  expect(value?.risk).toBeCloseTo((0.025 * (1 - 0.175 / 0.775)) / 0.2, 12)
  expect(value?.lower).toBeLessThan(value?.risk ?? 0)
  expect(value?.upper).toBeGreaterThan(value?.risk ?? 1)
})

test('no more wins than luck brings is said, not divided', () => {
  expect(programme([{ verdict: 'rejected' }]).falseDiscovery).toEqual({ value: null, sentence: 'No more were confirmed than chance alone confirms (3%): what was, may be luck.' })
})

test('what winners add up to is corrected over all experiments, lost ones too', () => {
  const { metrics: [orders] } = programme([{ verdict: 'confirmed', lift: 0.03, half: 0.0196 }, { verdict: 'rejected', lift: 0.001, half: 0.0196 }])
  expect(orders).toMatchObject({ metric: 'orders', experiments: 2, shipped: 0, compound: null })
  expect(orders?.raw).toBeCloseTo(0.03, 12)
  // Lee & Shen: the sum of s phi((s c - y) / s) with s = 0.01: phi(1.04) and phi(1.86).
  const phi = (z: number) => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)
  expect(orders?.corrected?.total).toBeCloseTo(0.03 - 0.01 * (phi(1.959964 - 3) + phi(1.959964 - 0.1)), 6)
  expect(orders?.corrected?.lower).toBeLessThan(orders?.corrected?.total ?? 0)
})

test('a metric that should fall is turned round before it is added up', () => {
  const { metrics: [orders] } = programme([{ verdict: 'confirmed', lift: -0.03, direction: 'decrease' }])
  expect(orders).toMatchObject({ direction: 'decrease' })
  expect(orders?.raw).toBeCloseTo(0.03, 12)
})

test('shipped lifts compound as measured while too few say what is usual, and shrunk once they do', () => {
  const few = programme([{ verdict: 'confirmed', lift: 0.1, shipped: true }, { verdict: 'confirmed', lift: 0.1, shipped: true }]).metrics[0]
  expect(few?.compound?.lift).toBeCloseTo(0.21, 12)
  expect(few?.sentence).toContain('Too few have finished to say what is usual')
  const many = programme([{ verdict: 'confirmed', lift: 0.1, half: 0.05, shipped: true }, ...[0.01, 0, -0.01, 0.02].map((lift) => ({ verdict: 'rejected', lift, half: 0.02 }))])
  expect(many.metrics[0]?.compound?.lift).toBeLessThan(0.06)
  expect(many.experiments.find(({ key }) => key === 'EXP-1')?.shrunk).toBeLessThan(0.06)
})

test('forecasts are scored against their verdicts', () => {
  const { value, sentence, lifts } = programme([
    { verdict: 'confirmed', lift: 0.02, forecast: { probability: 0.8, lift: 0.025 } },
    { verdict: 'rejected', lift: 0, forecast: { probability: 0.6, lift: 0.05 } },
    { verdict: 'harmful', forecast: { probability: 0.4, lift: null } },
    { verdict: 'confirmed' },
  ]).calibration
  expect(value?.forecasts).toBe(3)
  expect(value?.brier).toBeCloseTo((0.04 + 0.36 + 0.16) / 3, 12)
  expect(value?.bins.map(({ count }) => count).reduce((a, b) => a + b)).toBe(3)
  expect(lifts).toEqual({ forecasts: 2, inside: 1 })
  expect(sentence).toBe('3 forecasts expected 1.8 confirmed, and 1 was: neither hopeful nor gloomy. The mean squared error (Brier) is 0.19; always saying 50% scores 0.25, knowing everything 0.')
})
