import type { ExperimentDetail, ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Targeting, TargetingRule } from '../contract/flags.ts'
import type { Layer } from '../contract/layers.ts'
import { missingFromDraft } from '../hypotheses/missing.ts'
import type { RulePlace } from './rule-place.ts'
import { treatmentExposure } from './treatment-exposure.ts'

export type ChecklistItem = ExperimentDetail['checklist'][number]

export interface ChecklistFacts {
  draft: HypothesisDraft
  setup: ExperimentSetup
  /** What the flag does in that environment, and where among its rules the experiment's goes. */
  targeting: Targeting
  place: RulePlace
  /** Keys of other running experiments on the same flag and environment. */
  overlapping: readonly string[]
  /** The layer that the experiment takes a part of: null where it takes none, or where there is none of that key. */
  layer: Pick<Layer, 'unit' | 'taken'> | null
  /** SDKs heard from in the last ten minutes. */
  connectedSdks: number
}

/** What must be true before a plan is sealed, each with the evidence for it. Blockers refuse the start. */
export function checklist(facts: ChecklistFacts): ChecklistItem[] {
  const { draft, setup } = facts
  const missing = missingFromDraft(draft)
  const limitless = draft.guardrails.filter((guardrail) => guardrail.margin === null)
  const items: ChecklistItem[] = [
    {
      id: 'hypothesis',
      label: 'The hypothesis is complete',
      state: missing.length === 0 ? 'ok' : 'blocker',
      evidence: missing.length === 0 ? 'Change, audience, reason, metric, minimum effect, limits and decider are written down.' : missing.map((item) => item.message).join(' '),
    },
    exposureWithinLimit(facts),
    {
      id: 'overlap',
      label: 'No other experiment runs on this flag',
      state: facts.overlapping.length === 0 ? 'ok' : 'blocker',
      evidence: facts.overlapping.length === 0 ? `None runs on ${setup.flag} in ${setup.environment}.` : `${facts.overlapping.join(', ')} runs on ${setup.flag} in ${setup.environment}.`,
    },
    {
      id: 'duration',
      label: 'It ends in time',
      state: setup.plannedDays === null || draft.maxDays === null || setup.plannedDays <= draft.maxDays ? 'ok' : 'blocker',
      evidence: planWords(setup, draft.maxDays),
    },
    {
      id: 'guardrails',
      label: 'Every guardrail has a limit',
      state: limitless.length === 0 ? 'ok' : 'warning',
      evidence: draft.guardrails.length === 0 ? 'There are no guardrails.' : limitless.length === 0 ? `${draft.guardrails.length} with a limit.` : `${limitless.map((guardrail) => guardrail.metric).join(', ')} stops the experiment only when harm is proven.`,
    },
  ]
  if (setup.assignment === 'internal') {
    if (setup.layer) items.push(partOfLayer(facts, setup.layer))
    items.push(
      reach(facts),
      {
        id: 'flag-on',
        label: `The flag is on in ${setup.environment}`,
        state: facts.targeting.enabled ? 'ok' : 'warning',
        evidence: facts.targeting.enabled ? `${setup.flag} is on.` : `${setup.flag} is off in ${setup.environment}: nobody meets the change until it is turned on.`,
      },
      {
        id: 'sdk',
        label: 'A service asks for flags here',
        state: facts.connectedSdks > 0 ? 'ok' : 'warning',
        evidence: facts.connectedSdks > 0 ? `${facts.connectedSdks} connected in the last ten minutes.` : 'No SDK was heard from in the last ten minutes.',
      },
    )
  }
  return items
}

function exposureWithinLimit({ draft, setup, targeting, place }: ChecklistFacts): ChecklistItem {
  const { admitted, beyond } = treatmentExposure(setup, { ...targeting, rules: targeting.rules.slice(place.index) })
  const exposure = admitted + beyond
  const within = draft.maxExposure === null || exposure <= draft.maxExposure + 1e-9
  const parts = beyond > 0 ? `: ${percent(admitted)} by the experiment, and up to ${percent(beyond)} whom it does not admit, because the flag may serve them something else than ${setup.control}` : ''
  return {
    id: 'exposure',
    label: 'Exposure stays within its limit',
    state: within ? 'ok' : 'blocker',
    evidence: `${percent(exposure)} of the audience would meet the change${parts}; the limit is ${draft.maxExposure === null ? 'not set' : percent(draft.maxExposure)}.`,
  }
}

function reach({ setup, targeting: { rules }, place }: ChecklistFacts): ChecklistItem {
  const inTheWay = place.blockedBy === null ? undefined : rules[place.blockedBy]
  const behind = rules[place.index]
  return {
    id: 'reach',
    label: 'Its audience reaches it',
    state: inTheWay ? 'blocker' : 'ok',
    evidence: inTheWay
      ? `Rule ${(place.blockedBy ?? 0) + 1} of ${setup.flag} in ${setup.environment}${ruleName(inTheWay)} decides for everybody before the experiment could: remove it, or give it a condition.`
      : `No rule of ${setup.flag} decides for everybody before it.${behind ? ` Rule ${place.index + 1}${ruleName(behind)}, which an earlier experiment left, goes on serving whom it does not admit.` : ''}`,
  }
}

/** What others have of a layer is theirs, also where their flag is off or archived: it may come back. */
function partOfLayer({ setup, layer }: ChecklistFacts, part: NonNullable<ExperimentSetup['layer']>): ChecklistItem {
  const label = `Its part of the layer ${part.key} is free`
  const blocker = (evidence: string): ChecklistItem => ({ id: 'layer', label, state: 'blocker', evidence })
  if (layer === null) return blocker(`There is no layer ${part.key}: create it, or choose another layer or none.`)
  if (layer.unit !== setup.unitType) return blocker(`The layer ${part.key} divides by ${layer.unit}, and the experiment by ${setup.unitType}: choose a layer that divides by ${setup.unitType}, or none.`)
  const takers = layer.taken.filter((other) => other.environment === setup.environment && other.from < part.to && part.from < other.to)
  if (takers.length === 0) return { id: 'layer', label, state: 'ok', evidence: `Nobody else has any of ${partWords(part)} in ${setup.environment}.` }
  return blocker(`It asks for ${partWords(part)} of the layer ${part.key}, of which ${takers.map((taker) => `${takerName(taker)} has ${partWords(taker)}`).join(' and ')} in ${setup.environment}: choose a part that is free, or end what has it.`)
}

function takerName({ experiment, flag }: Layer['taken'][number]): string {
  return experiment === null ? `the flag ${flag}` : experiment
}

function partWords({ from, to }: { from: number; to: number }): string {
  return `${from / 1000}% to ${to / 1000}%`
}

function ruleName({ name }: TargetingRule): string {
  return name === '' ? '' : ` (${name})`
}

function planWords(setup: ExperimentSetup, maxDays: number | null): string {
  const planned = [setup.plannedUnits === null ? null : `${setup.plannedUnits.toLocaleString('en-GB')} people`, setup.plannedDays === null ? null : `${setup.plannedDays} days`].filter((part) => part !== null)
  return `${planned.length === 0 ? 'Open-ended' : `Planned for ${planned.join(' or ')}`}; at most ${maxDays ?? 'an unset number of'} days.`
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`
}
