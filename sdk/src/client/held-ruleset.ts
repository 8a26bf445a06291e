import { compareIdentity, compileRuleset, parseRuleset, type CompiledRuleset, type RulesetIdentity } from '../core/index.ts'
import { createListeners } from './listeners.ts'
import type { Settings } from './options.ts'

/** A new ruleset is in use. */
export interface Update extends RulesetIdentity {
  project: string
  environment: string
}

/** What became of an offered ruleset; `same` is the one that is held already. */
export type Offered = 'applied' | 'same' | 'older' | 'unusable'

/** The ruleset in use. It is replaced in one step, and only ever by a newer one. */
export interface HeldRuleset {
  current: () => CompiledRuleset | undefined
  /** `epoch:version`, undefined before the first. */
  id: () => string | undefined
  offer: (text: string) => Offered
  onUpdate: (listener: (update: Update, text: string) => unknown) => () => void
}

export function createHeldRuleset({ warn }: Pick<Settings, 'warn'>): HeldRuleset {
  let current: CompiledRuleset | undefined
  const listeners = createListeners<[Update, string]>(warn)

  function offer(text: string): Offered {
    const parsed = parseRuleset(text)
    if (!parsed.ok) {
      warn(`A ruleset could not be used, the previous one stays: ${parsed.error}`)
      return 'unusable'
    }
    const { project, environment, epoch, version } = parsed.ruleset
    const order = current ? compareIdentity(parsed.ruleset, current.ruleset) : 1
    if (order <= 0) return order === 0 ? 'same' : 'older'
    current = compileRuleset(parsed.ruleset)
    listeners.tell({ project, environment, epoch, version }, text)
    return 'applied'
  }

  return {
    current: () => current,
    id: () => current && `${current.ruleset.epoch}:${current.ruleset.version}`,
    offer,
    onUpdate: listeners.add,
  }
}
