import { load } from './load.mjs'
import { perSecond } from './measure.mjs'

const a = { n: 44_700, mean: 0.19020134228187918, variance: 0.1540282 }
const b = { n: 45_489, mean: 0.18200004396667327, variance: 0.1488793 }

export async function* figures(options) {
  const stats = await load('server/src/stats/index.ts')
  const values = Float64Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i) * 100 + (i % 97))
  const looks = (count) => Array.from({ length: count }, (_, k) => (k + 1) / count)
  const daily = Array.from({ length: 28 }, (_, day) => [5_003 * (day + 1), 4_997 * (day + 1)])
  let sink = 0
  const keep = (value) => { sink += Number.isFinite(value) ? 1 : 0 }
  const results = await perSecond({
    'Welch and Fieller': { calls: 100, run: () => { for (let i = 0; i < 100; i++) { const test = stats.welchTest(a, b); keep(stats.fiellerLift(stats.meanEstimate(a), stats.meanEstimate(b), test.critical).ciLower) } } },
    'Newcombe and score test': { calls: 100, run: () => { for (let i = 0; i < 100; i++) { keep(stats.newcombeInterval({ x: 5, n: 464 }, { x: 293, n: 11_298 }, 1.96).lower); keep(stats.pooledScoreTest({ x: 5, n: 464 }, { x: 293, n: 11_298 }).p) } } },
    'sequential split test, 28 days': { calls: 1, run: () => keep(stats.sequentialSrm(daily, [1, 1]).at(-1).p) },
    'group-sequential boundaries, 14 looks': { calls: 1, run: () => keep(stats.groupSequentialBoundaries(looks(14)).z.at(-1)) },
    'group-sequential boundaries, 28 looks': { calls: 1, run: () => keep(stats.groupSequentialBoundaries(looks(28)).z.at(-1)) },
    'group-sequential boundaries, 100 looks': { calls: 1, run: () => keep(stats.groupSequentialBoundaries(looks(100)).z.at(-1)) },
    'moments of 1,000,000 values': { calls: 1, run: () => keep(stats.momentsOf(values).m2) },
  }, options)
  if (sink === 0) throw new Error('nothing was computed')
  for (const result of results) yield { suite: 'statistics', ...result }
}
