import type { FlagDetail, Targeting } from '@assay/server/contract'
import { percent, plural } from '../../ui/format.ts'
import type { Naming } from '../../ui/serve/naming.ts'
import { isSplit, serveText, WHOLE } from '../../ui/serve/serve-words.ts'

/** What an environment serves, in a few words: `50% Express in rule 2`. */
export function environmentSummary(targeting: Targeting, naming: Naming): string {
  if (!targeting.enabled) return 'Off'
  const { rules, fallthrough } = targeting
  const everyone = isSplit(fallthrough) ? serveText(fallthrough, naming) : naming.variant(fallthrough.variant)
  const split = rules.findIndex((rule) => isSplit(rule.serve))
  const serve = rules[split]?.serve
  if (serve && isSplit(serve)) {
    const told = serve.arms.find((arm) => naming.series(arm.variant) !== 0 && arm.weight > 0) ?? serve.arms[0]
    if (told) return `${percent((told.weight / WHOLE) * (serve.coverage / WHOLE))} ${naming.variant(told.variant)} in rule ${split + 1}`
  }
  return rules.length === 0 ? `${everyone} for everyone` : `${plural(rules.length, 'rule')}, else ${everyone}`
}

/** Experiments running on a flag in an environment. */
export function runningIn(flag: FlagDetail, environment: string): FlagDetail['experiments'] {
  return flag.experiments.filter((experiment) => experiment.status === 'running' && experiment.environment === environment)
}
