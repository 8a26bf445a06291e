import type { Heterogeneity, Slice, SliceComparison } from '../contract/dimensions.ts'
import type { ArmResult } from '../contract/analysis.ts'
import type { Plan, PlanMetric } from '../contract/experiments.ts'
import { answerOrNull, deltaLift, drillDown, meanEstimate, srmBySegment, type DrillDown } from '../stats/index.ts'
import { effectOf, pairOf, type Pair } from './pair.ts'

/** One value of a dimension: people per arm who were exposed, and the primary metric among those who count in it. */
export interface SliceObservation {
  kind: Slice['kind']
  value: string
  exposed: ReadonlyMap<string, number>
  arms: readonly ArmResult[]
}

export interface SlicesInput {
  plan: Pick<Plan, 'arms' | 'control'>
  metric: Pick<PlanMetric, 'type' | 'direction'>
  slices: readonly SliceObservation[]
}

export interface SlicesRead {
  slices: Slice[]
  heterogeneity: Heterogeneity[]
}

/**
 * The primary metric by the values of a dimension: whether they differ at all, then each. Values are compared as they are, without adjustment by
 * history and without the plan's looks: a drill-down confirms nothing, it may seed a new hypothesis.
 */
export function readSlices({ plan, metric, slices }: SlicesInput): SlicesRead {
  const variants = plan.arms.map(({ variant }) => variant)
  const treatments = variants.filter((arm) => arm !== plan.control)
  const srm = srmBySegment(slices.map(({ exposed }, i) => ({ key: String(i), counts: variants.map((arm) => exposed.get(arm) ?? 0) })), plan.arms.map(({ weight }) => weight))
  const byArm = treatments.map((arm) => ({ arm, pairs: slices.map((slice) => pairOf(metric, armOf(slice, plan.control), armOf(slice, arm))) }))
  const drilled = byArm.map(({ arm, pairs }) => ({ arm, pairs, ...drill(pairs) }))
  return {
    heterogeneity: drilled.map(({ arm, known, result }) => heterogeneityOf(arm, known, result)),
    slices: slices.map((slice, i) => {
      const test = srm[i]
      return {
        kind: slice.kind, value: slice.value,
        arms: variants.map((arm) => ({ arm, exposed: slice.exposed.get(arm) ?? 0, n: armOf(slice, arm).n, mean: armOf(slice, arm).mean })),
        comparisons: drilled.map(({ pairs, result }): SliceComparison => comparisonOf(pairs[i] as Pair, result?.rows.find(({ key }) => key === String(i)))),
        srm: test && test.p !== null && test.adjustedP !== null ? { p: test.p, adjustedP: test.adjustedP } : null,
      }
    }),
  }
}

function armOf({ arms }: SliceObservation, arm: string): ArmResult {
  return arms.find((other) => other.arm === arm) ?? { arm, n: 0, mean: null, variance: null }
}

/** On the scale of the lift, so that values with different levels can be read together. */
function drill(pairs: readonly Pair[]): { known: number; result: DrillDown | null } {
  const segments = pairs.flatMap(({ a, b, test }, i) => {
    const lift = test && answerOrNull(deltaLift(meanEstimate(a), meanEstimate(b), 0))
    return lift && lift.se > 0 ? [{ key: String(i), effect: Math.sign(a.mean) * lift.lift, se: lift.se }] : []
  })
  return { known: segments.length, result: answerOrNull(drillDown(segments)) }
}

function comparisonOf(pair: Pair, row: DrillDown['rows'][number] | undefined): SliceComparison {
  const { bounded: _, ...effect } = effectOf(pair)
  return { arm: pair.arm, status: pair.status, flags: pair.flags, ...effect, adjustedP: row?.adjustedP ?? null, shrunkLift: row?.shrunk ?? null }
}

function heterogeneityOf(arm: string, values: number, result: DrillDown | null): Heterogeneity {
  const found = result?.heterogeneity
  return { arm, values, q: found?.Q ?? null, df: found?.df ?? null, p: found?.p ?? null, i2: found?.I2 ?? null, reversalP: result?.reversalP ?? null, pooledLift: found?.pooled ?? null }
}
