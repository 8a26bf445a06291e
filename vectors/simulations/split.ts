import type { SeededRandom } from '../../server/src/stats/seeded-random.ts'
import { average, exact, rate, type Simulation } from './harness.ts'

/** Units per arm, cumulated over days. */
function arrivals(random: SeededRandom, days: number, perDay: number, share: number): number[][] {
  let [a, b] = [0, 0]
  return Array.from({ length: days }, () => {
    const inA = random.binomial(perDay, share)
    a += inA
    b += perDay - inA
    return [a, b]
  })
}

export const split: Simulation[] = [
  {
    id: 'S1',
    about: 'a sound split over 28 days of 5,000',
    run({ engine, random, sims }) {
      const n = sims(20_000)
      let [sequential, once] = [0, 0]
      for (let i = 0; i < n; i++) {
        const looks = arrivals(random, 28, 5000, 0.5)
        if ((engine.requireAnswer(engine.sequentialSrm(looks, [1, 1])).at(-1)?.p ?? 1) < 0.001) sequential++
        if ((engine.srmTest(looks.at(-1) ?? [], [1, 1]).p ?? 1) < 0.001) once++
      }
      return [rate('S1', 'false alarms, checked daily, sequential at 0.001', sequential, n, { atMost: 0.001 }), rate('S1', 'false alarms, chi-square once at 0.001', once, n, { about: 0.001 })]
    },
  },
  {
    id: 'S2',
    about: 'an unsound split is found, and when',
    run({ engine, random, sims }) {
      const cases: [string, number, number, number, number][] = [['51/49 of 5,000 a day', 5000, 0.51, 5000, 12], ['50.5/49.5 of 50,000 a day', 50_000, 0.505, 500, 5]]
      return cases.flatMap(([what, perDay, share, size, most]) => {
        const n = sims(size)
        const days: number[] = []
        for (let i = 0; i < n; i++) {
          const found = engine.requireAnswer(engine.sequentialSrm(arrivals(random, 60, perDay, share), [1, 1])).findIndex(({ p }) => p < 0.001)
          if (found >= 0) days.push(found + 1)
        }
        return [exact('S2', `not found within 60 days, of ${n.toLocaleString('en-GB')}, ${what}`, n - days.length, 0), average('S2', `day on which it is found, ${what}`, days, { atMost: most })]
      })
    },
  },
]
