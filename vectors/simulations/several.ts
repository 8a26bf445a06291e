import { average, rate, type Simulation } from './harness.ts'

export const several: Simulation[] = [
  {
    id: 'M1',
    about: '20 metrics that move together (rho 0.5), without effects and with four',
    run({ engine, random, sims }) {
      const n = sims(10_000)
      return [0, 4].flatMap((effects) => {
        let [raw, holm] = [0, 0]
        const falseShare = new Float64Array(n)
        for (let i = 0; i < n; i++) {
          const shared = random.normal()
          const p = Array.from({ length: 20 }, (_, j) => 2 * engine.normalSurvival(Math.abs(Math.SQRT1_2 * shared + Math.SQRT1_2 * random.normal() + (j < effects ? 3.5 : 0))))
          const isFalse = (value: number | null, j: number) => j >= effects && value !== null && value < 0.05
          if (p.some(isFalse)) raw++
          if (engine.adjustPValues(p, 'holm').some(isFalse)) holm++
          const bh = engine.adjustPValues(p, 'bh')
          const found = bh.filter((value) => value !== null && value < 0.05).length
          falseShare[i] = found === 0 ? 0 : bh.filter(isFalse).length / found
        }
        const what = `${effects} of 20 metrics move`
        return [
          ...(effects === 0 ? [rate('M1', `any false finding, unadjusted, ${what}`, raw, n, { from: 0.38, to: 0.45 })] : []),
          rate('M1', `any false finding, Holm, ${what}`, holm, n, { atMost: 0.05 }),
          average('M1', `false discovery rate, Benjamini-Hochberg, ${what}`, falseShare, { atMost: 0.05 }, 'share'),
        ]
      })
    },
  },
]
