import { compareIdentity, compileRuleset, parseRuleset, type CompiledRuleset, type ParsedRuleset, type RulesetIdentity } from '../core/index.ts'
import { patterns } from '../core/patterns.ts'
import { createListeners } from './listeners.ts'
import type { Settings } from './options.ts'
import { parseInSlices } from './parse-in-slices.ts'
import { nextTurn } from './timers.ts'

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
  /** As `offer`, of what arrives while the host is at work: a large text does not keep it waiting. */
  receive: (text: string) => Promise<Offered>
  onUpdate: (listener: (update: Update, text: string) => unknown) => () => void
}

export function createHeldRuleset({ warn }: Pick<Settings, 'warn'>): HeldRuleset {
  let current: CompiledRuleset | undefined
  const listeners = createListeners<[Update, string]>(warn)

  function apply(parsed: ParsedRuleset, text: string): Offered {
    if (!parsed.ok) {
      warn(`A ruleset could not be used, the previous one stays: ${parsed.error}`)
      return 'unusable'
    }
    const { project, environment, epoch, version } = parsed.ruleset
    const order = current ? compareIdentity(parsed.ruleset, current.ruleset) : 1
    if (order <= 0) return order === 0 ? 'same' : 'older'
    current = compileRuleset(parsed.ruleset, { patterns })
    listeners.tell({ project, environment, epoch, version }, text)
    return 'applied'
  }

  function offer(text: string): Offered {
    return apply(parseRuleset(text), text)
  }

  async function receive(text: string): Promise<Offered> {
    return apply(await parseInSlices(text, nextTurn), text)
  }

  return {
    current: () => current,
    id: () => current && `${current.ruleset.epoch}:${current.ruleset.version}`,
    offer,
    receive,
    onUpdate: listeners.add,
  }
}
