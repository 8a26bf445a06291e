import type { FlagDetail, TargetingRule } from '@assay/server/contract'
import { isSplit } from '../../ui/serve/serve-words.ts'

export interface RuleLock {
  /** The experiment that the rule belongs to. */
  experiment: string
  running: boolean
  /** Why it cannot be edited here. */
  why: string
}

/** A rule that an experiment put there: it is changed through the experiment, and kept while that runs. */
export function ruleLock(rule: TargetingRule, experiments: FlagDetail['experiments'], environment: string): RuleLock | undefined {
  const running = experiments.find((experiment) => experiment.status === 'running' && experiment.environment === environment && experiment.ruleId === rule.id)
  if (running) return { experiment: running.key, running: true, why: `${running.key} is measuring this rule. Stop or decide it to change the rule.` }
  if (isSplit(rule.serve) && rule.serve.experiment !== undefined) return { experiment: rule.serve.experiment, running: false, why: `${rule.serve.experiment} put this rule here. It can be removed, not edited.` }
  return undefined
}
