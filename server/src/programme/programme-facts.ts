import type { Analysis } from '../contract/analysis.ts'
import type { ExperimentSummary, Plan } from '../contract/experiments.ts'
import type { Direction } from '../contract/metrics.ts'
import { decidingArm, type Effect, primaryEffect } from '../learnings/primary-effect.ts'

/** One experiment as the programme counts it. */
export interface ProgrammeFact {
  key: string
  title: string
  verdict: string
  metric: { key: string; name: string; direction: Direction }
  /** Of the primary metric in the arm that the verdict speaks about, as measured. */
  effect: Effect | null
  alphaPerSide: number
  power: number
  /** The measured change is what people get now. */
  shipped: boolean
  /** As it was sealed. */
  forecast: { probability: number | null; lift: number | null }
  at: string
}

export interface Started {
  summary: Pick<ExperimentSummary, 'key' | 'title' | 'status' | 'verdict' | 'decision' | 'endedAt'>
  plan: Pick<Plan, 'hypothesis' | 'metrics' | 'alpha' | 'power' | 'arms' | 'control'> | null
  analysis: Pick<Analysis, 'at' | 'metrics' | 'verdict'> | null
}

/** Final, valid verdicts in the order in which they ended, and how many experiments do not count. Nothing that has not started is here at all. */
export function programmeFacts(experiments: readonly Started[]): { facts: ProgrammeFact[]; invalid: number; open: number } {
  const facts: ProgrammeFact[] = []
  let invalid = 0
  let open = 0
  for (const { summary, plan, analysis } of experiments) {
    if (plan === null) continue
    const primary = plan.metrics.find(({ role }) => role === 'primary')
    const { verdict } = summary
    if (verdict?.kind === 'invalid') invalid += 1
    else if (verdict === null || !verdict.final || analysis === null || !primary) open += 1
    else {
      const { draft } = plan.hypothesis
      const arm = summary.decision?.variant ?? decidingArm(analysis.verdict, plan.control)
      facts.push({
        key: summary.key,
        title: summary.title,
        verdict: verdict.kind,
        metric: { key: primary.key, name: primary.name, direction: draft.direction },
        effect: primaryEffect(analysis, arm),
        // Each treatment is tested at its share of alpha.
        alphaPerSide: plan.alpha / 2 / Math.max(1, plan.arms.length - 1),
        power: plan.power,
        shipped: summary.decision?.choice === 'ship',
        forecast: { probability: draft.forecast?.probability ?? null, lift: draft.forecast?.lift ?? null },
        at: summary.endedAt ?? analysis.at,
      })
    }
  }
  return { facts: facts.sort((a, b) => a.at.localeCompare(b.at)), invalid, open }
}
