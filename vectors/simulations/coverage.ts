import { average, draw, equalLooks, exact, firstCrossing, path, rate, sampleOf, type Engine, type Figure, type Simulation, type Target } from './harness.ts'
import { binomialTable } from './false-positives.ts'

export const coverage: Simulation[] = [
  {
    id: 'C1',
    about: 'Welch intervals on normal, skewed and mostly-zero values',
    run({ engine, random, sims }) {
      const zeros = () => (random.uniform() < 0.1 ? Math.exp(random.normal()) : 0)
      const skewed = () => Math.exp(random.normal())
      const loose = { from: 0.935, to: 0.97 }
      // On normal values of equal spread Welch's degrees of freedom are never too many.
      const strict = { from: 0.95, to: 0.965 }
      const cases: [string, number, () => number, number, Target?][] = [
        ['normal values, 5 per arm', 5, random.normal, 20_000, strict],
        ['normal values, 20 per arm', 20, random.normal, 20_000, strict],
        ['lognormal values, 100 per arm', 100, skewed, 6000],
        ['lognormal values, 1,000 per arm', 1000, skewed, 2000],
        ['nine of ten zero, 200 per arm', 200, zeros, 6000],
        ['nine of ten zero, 2,000 per arm', 2000, zeros, 2000],
      ]
      return cases.map(([what, n, one, size, target = loose]) => {
        const total = sims(size)
        let hits = 0
        for (let i = 0; i < total; i++) {
          const test = engine.welchTest(sampleOf(engine, draw(n, one)), sampleOf(engine, draw(n, one)))
          if (engine.isAnswer(test) && test.ciLower <= 0 && 0 <= test.ciUpper) hits++
        }
        return rate('C1', `coverage, ${what}`, hits, total, target)
      })
    },
  },
  {
    id: 'C2',
    about: 'Fieller intervals of the lift, and whether they agree with the test',
    run({ engine, random, sims }) {
      const figures: Figure[] = []
      let [agreed, compared] = [0, 0]
      for (const [p, n] of [[0.02, 1000], [0.1, 10_000]] as const) {
        for (const lift of [0, 0.1, 0.5]) {
          const total = sims(7000)
          const [control, treatment] = [binomialTable(n, p), binomialTable(n, p * (1 + lift))]
          let hits = 0
          for (let i = 0; i < total; i++) {
            const [a, b] = [engine.proportionSample(control(random), n), engine.proportionSample(treatment(random), n)]
            const test = engine.welchTest(a, b)
            if (!engine.isAnswer(test)) continue
            const interval = engine.fiellerLift(engine.meanEstimate(a), engine.meanEstimate(b), test.critical)
            if (!engine.isAnswer(interval)) continue
            // Without limits every lift is inside.
            const lower = interval.ciLower ?? -Infinity
            const upper = interval.ciUpper ?? Infinity
            if (lower <= lift && lift <= upper) hits++
            if (!interval.bounded) continue
            compared++
            if (lower > 0 || upper < 0 ? test.p < 0.05 : test.p >= 0.05) agreed++
          }
          figures.push(rate('C2', `coverage, lift of ${100 * lift} % on ${100 * p} % of ${n.toLocaleString('en-GB')}`, hits, total, { from: 0.945, to: 0.96 }))
        }
      }
      return [...figures, exact('C2', 'intervals that disagree with their test about no effect', compared - agreed, 0)]
    },
  },
  {
    id: 'C3',
    about: 'ratios of sums by the delta method, 300 units',
    run({ engine, random, sims }) {
      const total = sims(4000)
      let hits = 0
      for (let i = 0; i < total; i++) {
        const arm = (rate_: number) => {
          const den = Array.from({ length: 300 }, () => 1 + random.binomial(20, 0.2))
          return engine.requireAnswer(engine.ratioFromValues(den.map((d) => random.binomial(d, rate_)), den))
        }
        const test = engine.welchFromEstimates(engine.ratioEstimate(arm(0.3)), engine.ratioEstimate(arm(0.33)))
        if (engine.isAnswer(test) && test.ciLower <= 0.03 && 0.03 <= test.ciUpper) hits++
      }
      return [rate('C3', 'coverage, difference of two ratios', hits, total, { from: 0.94, to: 0.96 })]
    },
  },
  {
    id: 'C4',
    about: 'order-statistic intervals of quantiles',
    run({ engine, random, sims }) {
      return ([[0.5, 500], [0.9, 500], [0.95, 1000], [0.99, 2000]] as const).map(([q, n]) => {
        const total = sims(2000)
        const truth = engine.normalQuantile(q)
        let hits = 0
        for (let i = 0; i < total; i++) {
          const read = engine.quantileEstimate(Array.from({ length: n }, random.normal), q)
          if (engine.isAnswer(read) && read.lower !== null && read.upper !== null && read.lower <= truth && truth <= read.upper) hits++
        }
        return rate('C4', `coverage, ${100 * q}th percentile of ${n.toLocaleString('en-GB')}`, hits, total, { from: 0.945, to: 0.98 })
      })
    },
  },
  {
    id: 'C5',
    about: 'CUPED: balanced, 200 against 1,800 with other slopes, and 50 units',
    run({ engine, random, sims }) {
      const cases: [string, number, number, number, number][] = [['balanced, 400 per arm', 400, 400, 0.8, 0.8], ['200 against 1,800, other slopes', 200, 1800, 0.8, 0.3], ['50 per arm', 50, 50, 0.8, 0.8]]
      return cases.flatMap(([what, nA, nB, slopeA, slopeB]) => {
        const total = sims(2000)
        const reduction = new Float64Array(total)
        let hits = 0
        for (let i = 0; i < total; i++) {
          const result = engine.requireAnswer(engine.cuped(adjustableArm(nA, slopeA, 0, random.normal), adjustableArm(nB, slopeB, 0.3, random.normal)))
          reduction[i] = result.varianceReduction
          if (result.test && result.test.ciLower <= 0.3 && 0.3 <= result.test.ciUpper) hits++
        }
        const covered = rate('C5', `coverage, CUPED, ${what}`, hits, total, { from: 0.94, to: 0.96 })
        // rho^2 = slope^2 / (slope^2 + 0.36) = 0.64.
        return slopeA === slopeB ? [covered, average('C5', `variance taken out by CUPED, ${what}`, reduction, { about: 0.64, give: 0.02 }, 'share')] : [covered]
      })
    },
  },
  {
    id: 'C6',
    about: 'repeated intervals when a group-sequential plan stops',
    run({ engine, random, sims }) {
      const looks = 14
      const bounds = engine.groupSequentialBoundaries(equalLooks(looks)).z
      return ([['no effect', 0], ['the minimum effect', 2.8015852]] as const).map(([what, drift]) => {
        const total = sims(20_000)
        let hits = 0
        for (let i = 0; i < total; i++) {
          const zs = path(random, looks, drift)
          const crossed = firstCrossing(zs, bounds)
          const at = crossed === -1 ? looks - 1 : crossed
          // On the scale of z: the estimate is z sqrt t / t with standard error 1 / sqrt t.
          const off = (zs[at] as number) - drift * Math.sqrt((at + 1) / looks)
          if (Math.abs(off) <= (bounds[at] as number)) hits++
        }
        return rate('C6', `coverage at the stop, ${what}`, hits, total, { atLeast: 0.95 })
      })
    },
  },
  {
    id: 'C7',
    about: 'a handful of conversions: Newcombe keeps its coverage where Welch rejects too often',
    run({ engine, random, sims }) {
      const total = sims(20_000)
      const [control, treatment] = [binomialTable(464, 0.025), binomialTable(11_298, 0.025)]
      const z = engine.normalUpperQuantile(0.025)
      let [hits, welch, engineRejects] = [0, 0, 0]
      for (let i = 0; i < total; i++) {
        const [a, b] = [{ x: control(random), n: 464 }, { x: treatment(random), n: 11_298 }]
        const interval = engine.requireAnswer(engine.newcombeInterval(a, b, z))
        if (interval.lower <= 0 && 0 <= interval.upper) hits++
        const test = engine.welchTest(engine.proportionSample(a.x, a.n), engine.proportionSample(b.x, b.n))
        if (engine.isAnswer(test) && test.p < 0.05) welch++
        if (engine.requireAnswer(engine.proportionTest(a, b)).p < 0.05) engineRejects++
      }
      return [
        rate('C7', 'coverage, Newcombe, 12 expected conversions', hits, total, { from: 0.945, to: 0.96 }),
        rate('C7', 'false positives, the test used for few conversions', engineRejects, total, { atMost: 0.051 }),
        rate('C7', 'false positives, Welch in its place (why it is not used)', welch, total, { atLeast: 0.06 }),
      ]
    },
  },
]

function adjustableArm(n: number, slope: number, effect: number, normal: () => number): Parameters<Engine['cuped']>[0] {
  const x = Array.from({ length: n }, normal)
  return { x: [x], y: x.map((value) => slope * value + 0.6 * normal() + effect) }
}
