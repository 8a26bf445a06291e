import type { Condition, Serve } from '@assay/sdk/core'
import type { Targeting, TargetingRule } from './flags.ts'
import { sameValue } from './same-value.ts'

export const CALLERS_DEFAULT = "the default in the caller's code"

/** What stands in one place of a targeting, ready to show. */
export type Side =
  | { kind: 'text'; text: string }
  | { kind: 'serve'; serve: Serve }
  | { kind: 'condition'; condition: Condition | undefined }
  | { kind: 'rule'; condition: Condition | undefined; serve: Serve }

/** One place that two people changed in different ways. */
export interface Overlap {
  id: string
  /** `Rule 2`, `Everyone else`, ... with the rule's name. */
  subject: string
  /** Undefined where it did not exist. */
  was: Side | undefined
  live: Side | undefined
  yours: Side | undefined
}

export type Preference = 'live' | 'yours'

interface Merge {
  targeting: Targeting
  overlaps: Overlap[]
}

/**
 * Brings two edits of one document together. What only one side changed is taken from that side; where both changed the
 * same place differently it is an overlap, and `prefer` says whose is taken: of all places, or place by place.
 */
export function mergeTargeting(was: Targeting, live: Targeting, yours: Targeting, prefer: Preference | ((overlap: string) => Preference) = 'live'): Merge {
  const overlaps: Overlap[] = []
  const settle = <T>(base: T, theirs: T, mine: T, overlap: () => Omit<Overlap, 'was' | 'live' | 'yours'>, side: (value: T) => Side | undefined): T => {
    if (sameValue(theirs, mine) || sameValue(base, mine)) return theirs
    if (sameValue(base, theirs)) return mine
    const about = overlap()
    overlaps.push({ ...about, was: side(base), live: side(theirs), yours: side(mine) })
    return (typeof prefer === 'string' ? prefer : prefer(about.id)) === 'live' ? theirs : mine
  }

  const enabled = settle(was.enabled, live.enabled, yours.enabled, () => ({ id: 'enabled', subject: 'State' }), (on) => text(on ? 'On' : 'Off'))
  const offVariant = settle(was.offVariant, live.offVariant, yours.offVariant, () => ({ id: 'off', subject: 'While off' }), (variant) => (variant === null ? text(CALLERS_DEFAULT) : { kind: 'serve', serve: { variant } }))
  const fallthrough = settle(was.fallthrough, live.fallthrough, yours.fallthrough, () => ({ id: 'fallthrough', subject: 'Everyone else' }), (serve) => ({ kind: 'serve', serve }))

  const flags = [...new Set([...live.prerequisites, ...yours.prerequisites].map(({ flag }) => flag))]
  const prerequisites = flags.flatMap((flag) => {
    const variants = ({ prerequisites: list }: Targeting) => list.find((item) => item.flag === flag)?.variants
    const merged = settle(variants(was), variants(live), variants(yours), () => ({ id: `needs ${flag}`, subject: `Needs ${flag}` }), (list) => list && text(`to be ${list.join(' or ')}`))
    return merged ? [{ flag, variants: merged }] : []
  })

  const rules = orderOf(was, live, yours, settle).flatMap((id) => {
    const [base, theirs, mine] = [ruleOf(was, id), ruleOf(live, id), ruleOf(yours, id)]
    // Edited here and there, in different places of the rule: both edits hold.
    if (base && theirs && mine) return [mergeRule(base, theirs, mine, placeOf(live, id), settle)]
    const merged = settle(base, theirs, mine, () => ({ id, subject: subjectOf(theirs ?? mine ?? base, placeOf(theirs ? live : was, id)) }), (rule) => rule && { kind: 'rule', condition: rule.when, serve: rule.serve })
    return merged ? [merged] : []
  })
  return { targeting: { enabled, offVariant, prerequisites, rules, fallthrough }, overlaps }
}

type Settle = <T>(base: T, theirs: T, mine: T, overlap: () => Omit<Overlap, 'was' | 'live' | 'yours'>, side: (value: T) => Side | undefined) => T

function mergeRule(base: TargetingRule, theirs: TargetingRule, mine: TargetingRule, place: number, settle: Settle): TargetingRule {
  const about = (part: string) => () => ({ id: `${theirs.id} ${part}`, subject: `${subjectOf(theirs, place)}, ${part}` })
  const name = settle(base.name, theirs.name, mine.name, about('name'), text)
  const when = settle(base.when, theirs.when, mine.when, about('condition'), (condition) => ({ kind: 'condition', condition }))
  const serve = settle(base.serve, theirs.serve, mine.serve, about('serve'), (served) => ({ kind: 'serve', serve: served }))
  const heldOut = settle(base.heldOut, theirs.heldOut, mine.heldOut, about('held-out people'), (held) => text(held ? 'pass it by' : 'get it too'))
  return { id: theirs.id, name, ...(when === undefined ? {} : { when }), serve, ...(heldOut ? { heldOut } : {}) }
}

/** Order of all rules of both sides; the ones that only one side has stand where that side put them. */
function orderOf(was: Targeting, live: Targeting, yours: Targeting, settle: Settle): string[] {
  const everywhere = idsOf(was).filter((id) => ruleOf(live, id) && ruleOf(yours, id))
  const common = (targeting: Targeting) => idsOf(targeting).filter((id) => everywhere.includes(id))
  const order = settle(common(was), common(live), common(yours), () => ({ id: 'order', subject: 'Order of the rules' }), (ids) => text(ids.map((id) => ruleOf(was, id)?.name || `Rule ${placeOf(was, id)}`).join(', then ')))
  return [live, yours].reduce((merged, side) => idsOf(side).reduce<string[]>((list, id, index) => {
    if (list.includes(id)) return list
    const before = idsOf(side).slice(0, index).findLast((earlier) => list.includes(earlier))
    const at = before === undefined ? 0 : list.indexOf(before) + 1
    return [...list.slice(0, at), id, ...list.slice(at)]
  }, merged), order)
}

function idsOf({ rules }: Targeting): string[] {
  return rules.map(({ id }) => id)
}

function ruleOf({ rules }: Targeting, id: string): TargetingRule | undefined {
  return rules.find((rule) => rule.id === id)
}

function placeOf(targeting: Targeting, id: string): number {
  return idsOf(targeting).indexOf(id) + 1
}

function subjectOf(rule: TargetingRule | undefined, place: number): string {
  return `${place === 0 ? 'A rule' : `Rule ${place}`}${rule === undefined || rule.name === '' ? '' : ` ${rule.name}`}`
}

function text(words: string): Side {
  return { kind: 'text', text: words === '' ? 'no name' : words }
}
