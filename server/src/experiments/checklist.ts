import type { ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { Targeting, TargetingRule } from '../contract/flags.ts'
import type { Layer } from '../contract/layers.ts'
import { missingFromDraft } from '../hypotheses/missing.ts'
import { type ChecklistItem, checklistItem } from './checklist-item.ts'
import { type PowerFacts, powerItems } from './checklist-power.ts'
import type { RulePlace } from './rule-place.ts'
import { shareWords } from './setup-words.ts'
import { treatmentExposure } from './treatment-exposure.ts'

export interface ChecklistFacts extends Omit<PowerFacts, 'draft'> {
  draft: HypothesisDraft
  /** What the flag does in that environment, and where among its rules the experiment's goes. */
  targeting: Targeting
  place: RulePlace
  /** Whether the environment is marked as production. */
  production: boolean
  /** Keys of other running experiments on the same flag and environment. */
  overlapping: readonly string[]
  /** Other running experiments there that decide by the same metric, and the layer each is in. */
  sameMetric: readonly { key: string; layer: string | null }[]
  /** The layer that the experiment takes a part of: null where it takes none, or where there is none of that key. */
  layer: Pick<Layer, 'unit' | 'taken'> | null
  /** What asked for flags here lately. */
  asking: Asking
  /** Environments before this one, each with when the flag's variants were evaluated there last. Null where the event store did not answer. */
  below: readonly { environment: string; evaluated: readonly { variant: string; at: Date }[] }[] | null
}

/** SDKs that were heard from in the last hour, and the newest evaluation in it, by whatever protocol. */
export interface Asking {
  sdks: number
  evaluatedAt: Date | null
}

/** What must be true before a plan is sealed, each with the evidence for it and what puts it right. Blockers refuse the start. */
export function checklist(facts: ChecklistFacts): ChecklistItem[] {
  const { draft, setup } = facts
  const missing = missingFromDraft(draft)
  const limitless = draft.guardrails.filter((guardrail) => guardrail.margin === null)
  const inTime = setup.plannedDays === null || draft.maxDays === null || setup.plannedDays <= draft.maxDays
  return [
    checklistItem('hypothesis', 'The hypothesis is complete', missing.length === 0 ? 'ok' : 'blocker', missing.length === 0 ? 'Change, audience, reason, metric, minimum effect, limits and decider are written down.' : missing.map(({ message }) => message).join(' '), 'Write down what is missing.'),
    checklistItem('guardrails', 'Every guardrail has a limit', limitless.length === 0 ? 'ok' : 'blocker', draft.guardrails.length === 0 ? 'There are no guardrails.' : limitless.length === 0 ? `${draft.guardrails.length} with a limit.` : `${limitless.map(({ metric }) => metric).join(', ')} says no limit: nobody could tell whether it holds.`, 'Say how much worse each may get.'),
    ...roomItems(facts),
    checklistItem('duration', 'It ends in time', inTime ? 'ok' : 'blocker', planWords(setup, draft.maxDays), 'Plan fewer days, or let the hypothesis run longer.'),
    ...powerItems(facts),
    sameMetricItem(facts),
    ...(setup.assignment === 'internal' ? [flagOn(facts), seenBelow(facts), askedFor(facts)] : []),
  ]
}

/** What an experiment needs around it whenever it admits people, also when it goes on: room on the flag, in its layer, and under its limit. */
export function roomItems(facts: Omit<ChecklistFacts, 'asking' | 'below' | 'history' | 'traffic' | 'sameMetric' | 'production'>): ChecklistItem[] {
  const { setup, overlapping } = facts
  return [
    exposureWithinLimit(facts),
    checklistItem('overlap', 'No other experiment runs on this flag', overlapping.length === 0 ? 'ok' : 'blocker', overlapping.length === 0 ? `None runs on ${setup.flag} in ${setup.environment}.` : `${overlapping.join(', ')} runs on ${setup.flag} in ${setup.environment}.`, `Stop or decide ${overlapping.join(', ')} first.`),
    ...(setup.assignment === 'internal' ? [...(setup.layer ? [partOfLayer(facts, setup.layer)] : []), reach(facts)] : []),
  ]
}

type RoomFacts = Parameters<typeof roomItems>[0]

/** Experiments on one metric are told apart by chance alone unless a layer keeps their people apart. */
function sameMetricItem({ draft, setup, sameMetric }: ChecklistFacts): ChecklistItem {
  const mixed = sameMetric.filter(({ layer }) => layer === null || layer !== setup.layer?.key)
  const evidence = mixed.length > 0 ? `${mixed.map(({ key }) => key).join(', ')} ${mixed.length === 1 ? 'decides' : 'decide'} by ${draft.primaryMetric ?? ''} in ${setup.environment} too, with the same people.` : sameMetric.length > 0 ? `${sameMetric.map(({ key }) => key).join(', ')} ${sameMetric.length === 1 ? 'has' : 'have'} other people, in the same layer.` : `None decides by it in ${setup.environment}.`
  return checklistItem('same-metric', 'No other experiment moves its deciding metric', mixed.length === 0 ? 'ok' : 'warning', evidence, 'Keep their people apart in a layer, or run one after the other.')
}

function flagOn({ setup, targeting }: ChecklistFacts): ChecklistItem {
  return checklistItem('flag-on', `The flag is on in ${setup.environment}`, targeting.enabled ? 'ok' : 'warning', targeting.enabled ? `${setup.flag} is on.` : `${setup.flag} is off in ${setup.environment}: nobody meets the change until it is turned on.`, 'Turn the flag on.')
}

/** What was never served anywhere else is served to people for the first time. */
function seenBelow({ setup, below }: ChecklistFacts): ChecklistItem {
  const label = 'The change was met before, where it does no harm'
  const fix = 'Turn the change on in an environment before this one, and meet it there.'
  if (below === null) return checklistItem('seen-below', label, 'warning', 'The event store does not answer: what was evaluated elsewhere is not known.', 'Look again when it does.')
  if (below.length === 0) return checklistItem('seen-below', label, 'ok', `No environment comes before ${setup.environment}.`, fix)
  const treatments = setup.arms.map(({ variant }) => variant).filter((variant) => variant !== setup.control)
  const met = below.flatMap(({ environment, evaluated }) => evaluated.filter(({ variant }) => treatments.includes(variant)).map(({ variant, at }) => ({ environment, variant, at })))
  const unmet = treatments.filter((variant) => !met.some((seen) => seen.variant === variant))
  const places = below.map(({ environment }) => environment).join(' and ')
  if (unmet.length > 0) return checklistItem('seen-below', label, 'warning', `Nobody was served ${unmet.join(' or ')} in ${places} in the last two weeks.`, fix)
  return checklistItem('seen-below', label, 'ok', `${treatments.map((variant) => `${variant} was served in ${met.findLast((seen) => seen.variant === variant)?.environment ?? ''}`).join(', ')} in the last two weeks.`, fix)
}

/** Without anybody who asks, nobody is admitted. Where there is production, a start that does nothing is taken for one that works. */
function askedFor({ setup, production, asking: { sdks, evaluatedAt } }: ChecklistFacts): ChecklistItem {
  const seen = sdks > 0 || evaluatedAt !== null
  const evidence = sdks > 0 ? `${sdks === 1 ? 'One SDK was' : `${sdks} SDKs were`} heard from in the last hour.` : seen ? 'Flags were evaluated here in the last hour.' : `No SDK was heard from in ${setup.environment} in the last hour, and no flag was evaluated.`
  return checklistItem('sdk', 'A service asks for flags here', seen ? 'ok' : production ? 'blocker' : 'warning', evidence, 'Start the service with an SDK key of this environment.')
}

function exposureWithinLimit({ draft, setup, targeting, place }: RoomFacts): ChecklistItem {
  // Where the plan raises the coverage by itself, it is the highest that counts.
  const coverage = Math.max(setup.coverage, ...(setup.coverageSteps ?? []).map((step) => step.coverage))
  const { admitted, beyond } = treatmentExposure({ ...setup, coverage }, { ...targeting, rules: targeting.rules.slice(place.index) })
  const exposure = admitted + beyond
  const within = draft.maxExposure === null || exposure <= draft.maxExposure + 1e-9
  const parts = beyond > 0 ? `: ${shareWords(admitted)} by the experiment, and up to ${shareWords(beyond)} whom it does not admit, because the flag may serve them something else than ${setup.control}` : ''
  const evidence = `${shareWords(exposure)} of the audience would meet the change${parts}; the limit is ${draft.maxExposure === null ? 'not set' : shareWords(draft.maxExposure)}.`
  return checklistItem('exposure', 'Exposure stays within its limit', within ? 'ok' : 'blocker', evidence, 'Admit fewer, or raise the limit of the hypothesis.')
}

function reach({ setup, targeting: { rules }, place }: RoomFacts): ChecklistItem {
  const inTheWay = place.blockedBy === null ? undefined : rules[place.blockedBy]
  const behind = rules[place.index]
  const evidence = inTheWay
      ? `Rule ${(place.blockedBy ?? 0) + 1} of ${setup.flag} in ${setup.environment}${ruleName(inTheWay)} decides for everybody before the experiment could: remove it, or give it a condition.`
      : `No rule of ${setup.flag} decides for everybody before it.${behind ? ` Rule ${place.index + 1}${ruleName(behind)}, which an earlier experiment left, goes on serving whom it does not admit.` : ''}`
  return checklistItem('reach', 'Its audience reaches it', inTheWay ? 'blocker' : 'ok', evidence, 'Remove that rule, or give it a condition.')
}

/** What others have of a layer is theirs, also where their flag is off or archived: it may come back. */
function partOfLayer({ setup, layer }: RoomFacts, part: NonNullable<ExperimentSetup['layer']>): ChecklistItem {
  const label = `Its part of the layer ${part.key} is free`
  const blocker = (evidence: string) => checklistItem('layer', label, 'blocker', evidence, 'Choose another part, another layer, or none.')
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
