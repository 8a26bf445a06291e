import { alwaysValidBounds, average, equalLooks, firstCrossing, path, rate, type Run, type Simulation } from './harness.ts'

const looks = 14

/** Drift by the planned end when the effect is the minimum effect and the plan has 80 % power as a fixed test. */
function plannedDrift({ engine }: Run): number {
  return engine.normalUpperQuantile(0.025) + engine.normalUpperQuantile(0.2)
}

export const power: Simulation[] = [
  {
    id: 'P1',
    about: 'power at the planned size, effect = minimum effect, 14 looks',
    run(run) {
      const { engine, random, sims } = run
      const n = sims(20_000)
      const drift = plannedDrift(run)
      const group = engine.groupSequentialBoundaries(equalLooks(looks)).z
      const always = alwaysValidBounds(engine, looks, 20_000, 20_000)
      const fixed = engine.planningCritical('fixed', 0.05)
      const hits = { fixed: 0, group: 0, always: 0 }
      for (let i = 0; i < n; i++) {
        const zs = path(random, looks, drift)
        if ((zs[looks - 1] as number) > fixed) hits.fixed++
        if (found(zs, group)) hits.group++
        if (found(zs, always)) hits.always++
      }
      return [
        rate('P1', 'power, fixed', hits.fixed, n, { about: 0.8, give: 0.001 }),
        rate('P1', 'power, group-sequential, at the size of the fixed test', hits.group, n, { atLeast: 0.77 }),
        rate('P1', 'power, always-valid, at the size of the fixed test', hits.always, n, { atLeast: 0.45 }),
      ]
    },
  },
  {
    id: 'P2',
    about: 'power of a group-sequential plan at the size that it is planned with',
    run(run) {
      const { engine, random, sims } = run
      const n = sims(20_000)
      const { inflationFactor } = engine.requireAnswer(engine.groupSequentialInflation(looks, 0.05, 0.8))
      const group = engine.groupSequentialBoundaries(equalLooks(looks)).z
      const drift = plannedDrift(run) * Math.sqrt(inflationFactor)
      let hits = 0
      for (let i = 0; i < n; i++) if (found(path(random, looks, drift), group)) hits++
      return [rate('P2', `power, group-sequential, at ${inflationFactor.toFixed(4)} times the fixed size`, hits, n, { about: 0.8 })]
    },
  },
  {
    id: 'P3',
    about: 'traffic that a group-sequential plan uses on average',
    run(run) {
      const { engine, random, sims } = run
      const n = sims(20_000)
      const group = engine.groupSequentialBoundaries(equalLooks(looks)).z
      return ([[1, 0.8], [1.5, 0.6]] as const).map(([multiple, most]) => {
        const used = new Float64Array(n)
        for (let i = 0; i < n; i++) {
          const at = firstCrossing(path(random, looks, multiple * plannedDrift(run)), group)
          used[i] = at === -1 ? 1 : (at + 1) / looks
        }
        return average('P3', `share of the planned traffic used at ${multiple} times the minimum effect`, used, { atMost: most }, 'share')
      })
    },
  },
]

/** Crosses first on the side where the effect is. */
function found(zs: Float64Array, bounds: readonly number[]): boolean {
  const at = firstCrossing(zs, bounds)
  return at >= 0 && (zs[at] as number) > 0
}
