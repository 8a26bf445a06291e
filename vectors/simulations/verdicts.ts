import { decideArm } from '../../server/src/analysis/arm-verdict.ts'
import type { SeededRandom } from '../../server/src/stats/seeded-random.ts'
import { equalLooks, path, rate, type Engine, type Run, type Simulation } from './harness.ts'

const looks = 14

/** In units of the final standard error, for a plan with 80 % power after the inflation for its looks. */
function minimumEffect(engine: Engine): number {
  return (engine.normalUpperQuantile(0.025) + engine.normalUpperQuantile(0.2)) * Math.sqrt(engine.requireAnswer(engine.groupSequentialInflation(looks, 0.05, 0.8)).inflationFactor)
}

interface Guard {
  effect: number
  margin: number
}

/** The first final verdict of a plan read daily; effects in units of the final standard error. */
function verdictOf(engine: Engine, random: SeededRandom, bounds: Bounds, mde: number, truth: number, guards: readonly Guard[]) {
  const primary = path(random, looks, truth)
  const guardPaths = guards.map((guard) => path(random, looks, guard.effect))
  for (let k = 0; k < looks; k++) {
    const t = (k + 1) / looks
    const [z, bound] = [primary[k] as number, bounds.primary[k] as number]
    // A difference of (m, v, n) with variance 1 / t: half in each arm, of very many units.
    const guardrails = guards.map((guard, i) => {
      const diff = (guardPaths[i]?.[k] as number) / Math.sqrt(t)
      const sample = (mean: number) => ({ n: 1e6, mean, variance: 5e5 / t })
      // The margin is relative: of a level so high that its own noise does not matter to it.
      const level = 1e5
      const read = engine.requireAnswer(engine.readGuardrail({ control: sample(level), treatment: sample(level + diff), higherIsBetter: true, margin: guard.margin / level, harmCritical: bounds.harm[k] as number, nonInferiorityCritical: bounds.nonInferiority[k] as number }))
      return { metric: `guardrail ${i}`, harm: read.harm, nonInferior: read.nonInferior }
    })
    const verdict = decideArm({
      srmP: 1, sequentialSrmP: 1, multipleExposure: false, minDays: 7, plannedDays: looks, mode: 'group_sequential', days: k + 1, informationFraction: t, minimumEffect: mde, guardrails,
      primary: { lower: (z - bound) / Math.sqrt(t), upper: (z + bound) / Math.sqrt(t) },
    })
    if (verdict.final) return verdict.kind
  }
  return 'inconclusive'
}

interface Bounds {
  primary: number[]
  harm: number[]
  nonInferiority: number[]
}

function boundsOf(engine: Engine, guardrails: number): Bounds {
  const at = (alpha: number) => engine.groupSequentialBoundaries(equalLooks(looks), alpha).z
  return { primary: at(0.025), harm: at(engine.harmAlpha(guardrails)), nonInferiority: at(engine.nonInferiorityAlpha) }
}

function shares({ engine, random }: Run, sims: number, truth: number, guards: readonly Guard[]): Record<string, number> {
  const bounds = boundsOf(engine, guards.length)
  const mde = minimumEffect(engine)
  const counts: Record<string, number> = { confirmed: 0, rejected: 0, inconclusive: 0, harmful: 0 }
  for (let i = 0; i < sims; i++) {
    const kind = verdictOf(engine, random, bounds, mde, truth * mde, guards)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

export const verdicts: Simulation[] = [
  {
    id: 'D1',
    about: 'verdicts of a 14-look plan at no effect, half of, all of and one and a half times the minimum effect',
    run(run) {
      const n = run.sims(20_000)
      const [none, half, all, more] = [0, 0.5, 1, 1.5].map((truth) => shares(run, n, truth, []))
      return [
        rate('D1', 'confirmed at no effect', none?.['confirmed'] ?? 0, n, { atMost: 0.029 }),
        rate('D1', 'rejected at no effect', none?.['rejected'] ?? 0, n, { atLeast: 0.75 }),
        rate('D1', 'confirmed at half the minimum effect', half?.['confirmed'] ?? 0, n, { from: 0.25, to: 0.32 }),
        rate('D1', 'confirmed at the minimum effect', all?.['confirmed'] ?? 0, n, { from: 0.78, to: 0.81 }),
        rate('D1', 'rejected at the minimum effect', all?.['rejected'] ?? 0, n, { atMost: 0.029 }),
        rate('D1', 'harmful at the minimum effect', all?.['harmful'] ?? 0, n, { atMost: 0.001 }),
        rate('D1', 'confirmed at 1.5 times the minimum effect', more?.['confirmed'] ?? 0, n, { atLeast: 0.97 }),
      ]
    },
  },
  {
    id: 'D2',
    about: 'one of three guardrails is worse by its margin, while the primary metric improves by the minimum effect',
    run(run) {
      const n = run.sims(4000)
      // Each guardrail is sized with the primary metric for 1 - beta / (G + 1).
      const margin = run.engine.normalUpperQuantile(run.engine.nonInferiorityAlpha) + run.engine.normalUpperQuantile(1 - run.engine.powerPerMetric(0.8, 3))
      const sound = { effect: 0, margin }
      const counts = shares(run, n, 1, [{ effect: -margin, margin }, sound, sound])
      return [rate('D2', 'confirmed with a guardrail worse by its margin', counts['confirmed'] ?? 0, n, { atMost: 0.05 }), rate('D2', 'harmful with a guardrail worse by its margin', counts['harmful'] ?? 0, n, { atLeast: 0.7 })]
    },
  },
  {
    id: 'G1',
    about: 'a guarded rollout without any harm: three guardrails read at 100 looks by the always-valid one-sided bound',
    run({ engine, random, sims }) {
      const n = sims(5000)
      const units = 20_000
      const alpha = engine.harmAlpha(3)
      const rho = engine.tuneRhoSquared(2 * alpha, units)
      const bounds = equalLooks(100).map((t) => engine.alwaysValidOneSidedMultiplier(t * units, rho, alpha))
      const rollback = (drift: number) => {
        let hits = 0
        for (let i = 0; i < n; i++) {
          const harmed = [drift, 0, 0].some((own) => path(random, 100, own).some((z, k) => z < -(bounds[k] as number)))
          if (harmed) hits++
        }
        return hits
      }
      return [rate('G1', 'false rollbacks, three guardrails, 100 looks', rollback(0), n, { atMost: 0.025 }), rate('G1', 'rollbacks when one guardrail is worse by 4 standard errors', rollback(-4), n, { atLeast: 0.75 })]
    },
  },
]
