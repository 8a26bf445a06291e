import type { Targeting } from '../contract/flags.ts'
import { sameValue } from '../contract/same-value.ts'
import { AppError } from '../http/app-error.ts'
import { invalidRuleset } from '../rulesets/invalid-ruleset.ts'
import type { FlagRecord, RecordEnvironment } from './flag-record.ts'

/** The rules of running experiments must come back unchanged, and nobody else may write a split of an experiment. */
export function assertExperimentRules(record: FlagRecord, environment: RecordEnvironment, { rules, fallthrough }: Targeting): void {
  const before = environment.state.targeting
  const current = new Map(before.rules.map((rule) => [rule.id, rule]))
  for (const experiment of record.running) {
    if (experiment.environmentId !== environment.id || experiment.ruleId === null) continue
    const { ruleId } = experiment
    if (sameValue(rules.find((rule) => rule.id === ruleId), current.get(ruleId))) continue
    throw new AppError('wrong_state', `${experiment.key} is running on this flag: its rule cannot be changed or removed here. Stop or decide ${experiment.key} first.`, { details: { experiment: experiment.key, ruleId } })
  }
  for (const [index, rule] of rules.entries()) {
    if ('variant' in rule.serve || rule.serve.experiment === undefined || sameValue(rule, current.get(rule.id))) continue
    refuse(record, `rules.${index}.serve.experiment`, `Rule ${index + 1} splits for the experiment ${rule.serve.experiment}: only starting the experiment adds such a rule.`)
  }
  if (!('variant' in fallthrough) && fallthrough.experiment !== undefined && !sameValue(fallthrough, before.fallthrough)) {
    refuse(record, 'fallthrough.experiment', `The fallthrough splits for the experiment ${fallthrough.experiment}: only starting the experiment adds such a split.`)
  }
}

/** What an arm of a running experiment gives people is part of the sealed plan. */
export function assertExperimentValues(record: FlagRecord, variants: readonly { key: string; value: unknown }[]): void {
  for (const experiment of record.running) {
    const rule = record.environments.find(({ id }) => id === experiment.environmentId)?.state.targeting.rules.find(({ id }) => id === experiment.ruleId)
    if (!rule || 'variant' in rule.serve) continue
    const changed = rule.serve.arms.find((arm) => {
      const now = variants.find((variant) => variant.key === arm.variant)
      return !now || !sameValue(now.value, record.detail.variants.find((variant) => variant.key === arm.variant)?.value)
    })
    if (changed) throw new AppError('wrong_state', `${experiment.key} is running on this flag: the value of its arm ${changed.variant} cannot change. Stop or decide ${experiment.key} first.`, { details: { experiment: experiment.key, variant: changed.variant } })
  }
}

function refuse(record: FlagRecord, at: string, message: string): never {
  throw invalidRuleset([{ path: `flags.${record.detail.key}.${at}`, message }])
}
