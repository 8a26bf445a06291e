import type { FlagSummary } from '@assay/server/contract'
import { percent, plural } from '../../ui/format.ts'
import type { Naming } from '../../ui/serve/naming.ts'
import { servedParts, serveText, WHOLE } from '../../ui/serve/serve-words.ts'
import type { SplitPart } from '../../ui/split-bar.tsx'

type State = FlagSummary['environments'][number]

export interface ServedShare {
  /** `50%`, `On`, or `Off`. */
  short: string
  /** What is served, as a bar; empty while off. */
  parts: SplitPart[]
  /** All of it in words: `2 rules, a split of Control 50%, Express 50%, else Control`. */
  words: string
}

/** What one environment gives, in the room of a table cell: the first split, else what everyone gets whom no rule serves. */
export function servedShare(state: State | undefined, naming: Naming): ServedShare {
  if (!state?.enabled) return { short: 'Off', parts: [], words: 'off' }
  const { split, rules, fallthrough } = state
  const inRules = rules === 0 ? '' : `${plural(rules, 'rule')}, `
  if (!split) return { short: 'On', parts: servedParts(fallthrough, naming), words: `${inRules}${rules === 0 ? '' : 'else '}${serveText(fallthrough, naming)}` }
  const treated = split.arms.filter((arm) => naming.series(arm.variant) !== 0).reduce((sum, arm) => sum + arm.weight, 0)
  const beyond = 'arms' in fallthrough ? '' : `, else ${serveText(fallthrough, naming)}`
  return { short: percent((treated / WHOLE) * (split.coverage / WHOLE)), parts: servedParts(split, naming), words: `${inRules}${serveText(split, naming)}${beyond}` }
}
