import { hasWords, type PlaygroundResult, type PlaygroundStep } from '@assay/server/contract'
import type { Tone } from '../../ui/chip.tsx'

type Reason = PlaygroundResult['reason']

export const reasonNames: Record<Reason, { words: string; tone: Tone }> = {
  STATIC: { words: 'Same for everyone', tone: 'flat' },
  DEFAULT: { words: 'Everyone else', tone: 'flat' },
  TARGETING_MATCH: { words: 'A rule', tone: 'info' },
  SPLIT: { words: 'A split', tone: 'info' },
  DISABLED: { words: 'Off', tone: 'flat' },
  ERROR: { words: 'Cannot be decided', tone: 'loss' },
}

const errors: Readonly<Record<string, string>> = {
  FLAG_NOT_FOUND: 'There is no such flag here at this time. The caller gets the default in its code.',
  TARGETING_KEY_MISSING: 'The context does not say who it is about, and the flag divides people. The caller gets the default in its code.',
  PARSE_ERROR: 'The flag cannot be read. The caller gets the default in its code.',
  TYPE_MISMATCH: 'The value is of another type than the caller asks for. The caller gets the default in its code.',
}

/** Why it gets what it gets, in a sentence. */
export function reasonText(result: PlaygroundResult, ruleName: string | undefined): string {
  const rule = ruleName ?? 'A rule that has no name any more'
  const experiment = result.experiment === null ? '' : `, in experiment ${result.experiment}`
  switch (result.reason) {
    case 'STATIC':
      return staticText(result.steps ?? [])
    case 'DEFAULT':
      return 'No rule matches, so it gets what everyone else gets.'
    case 'TARGETING_MATCH':
      return `${rule} matches.`
    case 'SPLIT':
      return result.ruleId === null ? `Everyone else is divided, and it falls on this side${experiment}.` : `${rule} matches and divides people: it falls on this side${experiment}.`
    case 'DISABLED':
      return 'The flag is off or needs another one that is not as it should be. The caller gets the default in its code.'
    case 'ERROR':
      return errors[result.errorCode ?? ''] ?? `${result.errorMessage ?? 'It cannot be decided.'} The caller gets the default in its code.`
  }
}

/** A flag that is off, or as good as off, gives its off variant for the same reason as one that gives everyone the same. */
function staticText(steps: readonly PlaygroundStep[]): string {
  const failed = steps.find(({ kind, outcome }) => (kind === 'flag' || kind === 'prerequisite' || kind === 'fallthrough') && outcome !== 'true')
  switch (failed?.kind) {
    case 'flag':
      return 'The flag is off, and gives this while it is.'
    case 'prerequisite':
      return 'Another flag that it needs is not as it should be, so it gives what it gives while off.'
    case 'fallthrough':
      return 'No rule decides, and the split for everyone else does not take it in: it gets what the flag gives while off.'
    default:
      return 'The flag gives this to everyone.'
  }
}

/** Name of a rule by what is live now: `Rule 2, Staff`. A rule of the past may be gone. */
export function ruleNameOf(rules: readonly { id: string; name: string }[], id: string | null): string | undefined {
  const at = rules.findIndex((rule) => rule.id === id)
  const rule = rules[at]
  return rule === undefined ? undefined : `Rule ${at + 1}${rule.name === '' ? '' : `, ${rule.name},`}`
}

/** Whether a result answers a search over flags, variants, values and reasons. */
export function isFound(result: PlaygroundResult, name: string, search: string): boolean {
  const value = result.value === undefined ? '' : JSON.stringify(result.value)
  return hasWords(`${result.flag} ${name} ${result.variant ?? ''} ${value} ${reasonNames[result.reason].words} ${result.experiment ?? ''} ${result.errorCode ?? ''}`, search)
}
