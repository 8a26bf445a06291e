import type { SeededRandom } from '../../server/src/stats/seeded-random.ts'
import { alwaysValidBounds, draw, equalLooks, firstCrossing, path, rate, sampleOf, type Engine, type Simulation } from './harness.ts'

const fixedCritical = 1.959963984540054

/** How many of `sims` paths without any effect ever leave the bounds. */
function crossings(random: SeededRandom, sims: number, bounds: readonly number[]): number {
  let hits = 0
  for (let i = 0; i < sims; i++) if (firstCrossing(path(random, bounds.length), bounds) >= 0) hits++
  return hits
}

export const falsePositives: Simulation[] = [
  {
    id: 'F1',
    about: 'A/A, Gaussian, always-valid, 100 looks, tuned to the planned size',
    run({ engine, random, sims }) {
      const n = sims(10_000)
      return [rate('F1', 'false positives, always-valid, 100 looks', crossings(random, n, alwaysValidBounds(engine, 100, 20_000, 20_000)), n, { atMost: 0.05 })]
    },
  },
  {
    id: 'F2',
    about: 'A/A, always-valid, 10,000 looks, also far beyond the size it is tuned to',
    run({ engine, random, sims }) {
      const n = sims(2000)
      return [
        rate('F2', 'false positives, always-valid, 10,000 looks', crossings(random, n, alwaysValidBounds(engine, 10_000, 20_000, 20_000)), n, { atMost: 0.05 }),
        rate('F2', 'false positives, always-valid, to 500 times the tuned size', crossings(random, n, alwaysValidBounds(engine, 10_000, 20_000, 40)), n, { atMost: 0.05 }),
      ]
    },
  },
  {
    id: 'F3',
    about: 'A/A, group-sequential boundaries of the O\'Brien-Fleming type',
    run({ engine, random, sims }) {
      const n = sims(10_000)
      return [14, 100].map((looks) => rate('F3', `false positives, group-sequential, ${looks} looks`, crossings(random, n, engine.groupSequentialBoundaries(equalLooks(looks)).z), n, { about: 0.05 }))
    },
  },
  {
    id: 'F4',
    about: 'A/A on conversions, 100 looks',
    run({ engine, random, sims }) {
      const n = sims(10_000)
      const perLook = 200
      const always = alwaysValidBounds(engine, 100, 200 * perLook, 200 * perLook)
      const group = engine.groupSequentialBoundaries(equalLooks(100)).z
      return [0.02, 0.1, 0.5].flatMap((p) => {
        const binomial = binomialTable(perLook, p)
        let [alwaysHits, groupHits] = [0, 0]
        for (let i = 0; i < n; i++) {
          const zs = conversionPath(engine, random, binomial, perLook, 100)
          // The first look of an always-valid bound waits for five successes and failures per arm.
          if (firstCrossing(zs.ready, always) >= 0) alwaysHits++
          if (firstCrossing(zs.all, group) >= 0) groupHits++
        }
        return [
          rate('F4', `false positives, conversions at ${100 * p} %, always-valid`, alwaysHits, n, { atMost: 0.05 }),
          rate('F4', `false positives, conversions at ${100 * p} %, group-sequential`, groupHits, n, { from: 0.04, to: 0.056 }),
        ]
      })
    },
  },
  {
    id: 'F5',
    about: 'A/A on zero-inflated lognormal values, 20 looks',
    run({ engine, random, sims }) {
      const n = sims(2000)
      const perLook = 100
      const always = alwaysValidBounds(engine, 20, 40 * perLook, 40 * perLook)
      const group = engine.groupSequentialBoundaries(equalLooks(20)).z
      const one = () => (random.uniform() < 0.1 ? Math.exp(1 + random.normal()) : 0)
      let [alwaysHits, groupHits] = [0, 0]
      for (let i = 0; i < n; i++) {
        const zs = new Float64Array(20)
        let [a, b] = [engine.momentsOf([]), engine.momentsOf([])]
        for (let k = 0; k < 20; k++) {
          a = engine.mergeMoments([a, engine.momentsOf(draw(perLook, one))])
          b = engine.mergeMoments([b, engine.momentsOf(draw(perLook, one))])
          zs[k] = zOf(engine, { n: a.n, mean: a.mean, variance: engine.sampleVariance(a) }, { n: b.n, mean: b.mean, variance: engine.sampleVariance(b) })
        }
        if (firstCrossing(zs, always) >= 0) alwaysHits++
        if (firstCrossing(zs, group) >= 0) groupHits++
      }
      return [
        rate('F5', 'false positives, nine of ten zero, always-valid', alwaysHits, n, { atMost: 0.056 }),
        rate('F5', 'false positives, nine of ten zero, group-sequential', groupHits, n, { atMost: 0.056 }),
      ]
    },
  },
  {
    id: 'F6',
    about: 'A/A read once by Welch\'s test',
    run({ engine, random, sims }) {
      const n = sims(10_000)
      const binomial = binomialTable(4000, 0.1)
      let [means, shares] = [0, 0]
      for (let i = 0; i < n; i++) {
        if (significant(engine, sampleOf(engine, draw(40, random.normal)), sampleOf(engine, draw(25, () => 2 * random.normal())))) means++
        if (significant(engine, engine.proportionSample(binomial(random), 4000), engine.proportionSample(binomial(random), 4000))) shares++
      }
      return [rate('F6', 'false positives, Welch, unequal arms and variances', means, n, { about: 0.05 }), rate('F6', 'false positives, Welch, conversions at 10 %', shares, n, { about: 0.05 })]
    },
  },
  {
    id: 'F7',
    about: 'what looking daily at a fixed test costs: the harness sees the sin',
    run({ engine, random, sims }) {
      const n = sims(10_000)
      return [14, 100].map((looks) => rate('F7', `false positives, a fixed test read at ${looks} looks`, crossings(random, n, equalLooks(looks).map(() => fixedCritical)), n, { about: engine.peekingFalsePositiveRate(looks, fixedCritical) }))
    },
  },
  {
    id: 'F8',
    about: 'A/A on values that keep growing, under the mode that an open-ended metric is given',
    run({ engine, random, sims }) {
      const n = sims(4000)
      const average = openEnded(engine, random, n, 'average', 28)
      const total = openEnded(engine, random, n, 'total', 2)
      return [
        rate('F8', 'false positives, mean per active day, people arriving for 28 days', average, n, { atMost: 0.056 }),
        rate('F8', 'false positives, sum per person, all arriving within 2 days', total, n, { atMost: 0.056 }),
      ]
    },
  },
]

function significant(engine: Engine, a: Parameters<Engine['welchTest']>[0], b: Parameters<Engine['welchTest']>[0]): boolean {
  const test = engine.welchTest(a, b)
  return engine.isAnswer(test) && test.p < 0.05
}

function zOf(engine: Engine, a: Parameters<Engine['meanEstimate']>[0], b: Parameters<Engine['meanEstimate']>[0]): number {
  const read = engine.difference(engine.meanEstimate(a), engine.meanEstimate(b))
  return engine.isAnswer(read) ? read.diff / read.se : 0
}

/** Cumulative conversions of two arms; `ready` stays 0 until both have five successes and failures. */
function conversionPath(engine: Engine, random: SeededRandom, binomial: (random: SeededRandom) => number, perLook: number, looks: number): { all: Float64Array; ready: Float64Array } {
  const all = new Float64Array(looks)
  const ready = new Float64Array(looks)
  let [xA, xB] = [0, 0]
  for (let k = 0; k < looks; k++) {
    xA += binomial(random)
    xB += binomial(random)
    const n = (k + 1) * perLook
    const z = zOf(engine, engine.proportionSample(xA, n), engine.proportionSample(xB, n))
    all[k] = z
    ready[k] = Math.min(xA, xB, n - xA, n - xB) >= 5 ? z : 0
  }
  return { all, ready }
}

/** Binomial counts by inversion of their table: exact, one uniform each. */
export function binomialTable(n: number, p: number): (random: SeededRandom) => number {
  const middle = Math.floor(n * p)
  const reach = Math.ceil(10 * Math.sqrt(n * p * (1 - p)) + 10)
  const low = Math.max(0, middle - reach)
  const high = Math.min(n, middle + reach)
  const weights = new Float64Array(high - low + 1)
  weights[middle - low] = 1
  for (let k = middle; k < high; k++) weights[k + 1 - low] = ((weights[k - low] as number) * (n - k) * p) / ((k + 1) * (1 - p))
  for (let k = middle; k > low; k--) weights[k - 1 - low] = ((weights[k - low] as number) * k * (1 - p)) / ((n - k + 1) * p)
  const cumulative = new Float64Array(weights.length)
  let total = 0
  weights.forEach((weight, i) => { cumulative[i] = total += weight })
  return (random) => {
    const target = random.uniform() * total
    let [from, to] = [0, cumulative.length - 1]
    while (from < to) {
      const half = (from + to) >> 1
      if ((cumulative[half] as number) > target) to = half
      else from = half + 1
    }
    return low + from
  }
}

/**
 * People arrive evenly over `arrivalDays`; each has a rate of their own and adds to their value on every later day, so that yesterday's units
 * change today. Read daily for 28 days with the always-valid bound, tuned to everybody.
 */
function openEnded(engine: Engine, random: SeededRandom, sims: number, kind: 'average' | 'total', arrivalDays: number): number {
  const perArm = 140
  const days = 28
  const rho = engine.tuneRhoSquared(0.05, 2 * perArm)
  let hits = 0
  for (let i = 0; i < sims; i++) {
    const rates = draw(2 * perArm, random.normal)
    const sums = new Float64Array(2 * perArm)
    for (let day = 1; day <= days; day++) {
      const arrived = Math.min(perArm, Math.floor((perArm * day) / arrivalDays))
      const arms = [0, 1].map((arm) => {
        const values = new Float64Array(arrived)
        for (let j = 0; j < arrived; j++) {
          const at = arm * perArm + j
          sums[at] = (sums[at] as number) + (rates[at] as number) + random.normal()
          const since = day - Math.floor((j * arrivalDays) / perArm)
          values[j] = kind === 'total' ? (sums[at]) : (sums[at]) / since
        }
        return sampleOf(engine, values)
      }) as [Parameters<Engine['welchTest']>[0], Parameters<Engine['welchTest']>[0]]
      if (arrived < 50) continue
      const test = engine.welchTest(...arms)
      if (engine.isAnswer(test) && Math.abs(test.t) > engine.tScale(engine.alwaysValidMultiplier(2 * arrived, rho, 0.05), test.df)) {
        hits++
        break
      }
    }
  }
  return hits
}
