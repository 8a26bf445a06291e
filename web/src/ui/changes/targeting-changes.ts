import { CALLERS_DEFAULT, sameValue, type Targeting, type TargetingRule } from '@assay/server/contract'
import { conditionText } from '../condition/describe-condition.ts'
import type { Naming } from '../serve/naming.ts'
import { serveChangeText, serveText } from '../serve/serve-words.ts'
import type { Change } from './change.ts'
import { moved } from './moved.ts'

/** What differs between two versions of what a flag does in an environment, rule by rule. */
export function targetingChanges(before: Targeting, after: Targeting, naming: Naming): Change[] {
  return [
    ...(before.enabled === after.enabled ? [] : [text('Flag', after.enabled ? 'turned on' : 'turned off', before.enabled ? 'On' : 'Off', after.enabled ? 'On' : 'Off')]),
    ...prerequisiteChanges(before, after),
    ...ruleChanges(before.rules, after.rules, naming),
    ...(sameValue(before.fallthrough, after.fallthrough)
      ? []
      : [{ subject: 'Everyone else', words: serveChangeText(before.fallthrough, after.fallthrough, naming), before: { kind: 'serve' as const, serve: before.fallthrough }, after: { kind: 'serve' as const, serve: after.fallthrough } }]),
    ...(before.offVariant === after.offVariant ? [] : [offChange(before.offVariant, after.offVariant, naming)]),
  ]
}

function offChange(before: string | null, after: string | null, naming: Naming): Change {
  const name = (variant: string | null) => (variant === null ? CALLERS_DEFAULT : naming.variant(variant))
  return text('While off', `${name(before)} to ${name(after)}`, name(before), name(after))
}

function prerequisiteChanges(before: Targeting, after: Targeting): Change[] {
  const keys = [...new Set([...before.prerequisites, ...after.prerequisites].map(({ flag }) => flag))]
  return keys.flatMap((flag) => {
    const was = before.prerequisites.find((item) => item.flag === flag)?.variants
    const is = after.prerequisites.find((item) => item.flag === flag)?.variants
    if (sameValue(was, is)) return []
    const words = (variants: readonly string[]) => `${flag} to be ${variants.join(' or ')}`
    const change: Change = { subject: 'Needs', words: is ? (was ? `${words(was)} changes to ${is.join(' or ')}` : `now needs ${words(is)}`) : `no longer needs ${flag}` }
    return [{ ...change, ...(was ? { before: { kind: 'text', text: words(was) } } : {}), ...(is ? { after: { kind: 'text', text: words(is) } } : {}) }]
  })
}

function ruleChanges(before: readonly TargetingRule[], after: readonly TargetingRule[], naming: Naming): Change[] {
  const subject = (rules: readonly TargetingRule[], rule: TargetingRule) => `Rule ${rules.indexOf(rule) + 1}`
  const whole = (rule: TargetingRule) => ({ kind: 'rule' as const, condition: rule.when, serve: rule.serve })
  const removed = before.filter((rule) => !after.some(({ id }) => id === rule.id)).map((rule): Change => ({ subject: subject(before, rule), ...named(rule), words: 'removed', before: whole(rule) }))
  const rest = after.flatMap((rule): Change[] => {
    const was = before.find(({ id }) => id === rule.id)
    const about = { subject: subject(after, rule), ...named(rule) }
    if (!was) return [{ ...about, words: `added, serves ${serveText(rule.serve, naming)}`, after: whole(rule) }]
    return [
      ...(was.name === rule.name ? [] : [{ ...about, ...named(was), ...text(about.subject, `renamed to ${rule.name === '' ? 'nothing' : rule.name}`, was.name, rule.name) }]),
      ...(sameValue(was.when, rule.when) ? [] : [{ ...about, words: `now for ${conditionText(rule.when, naming.cohort)}`, before: { kind: 'condition' as const, condition: was.when }, after: { kind: 'condition' as const, condition: rule.when } }]),
      ...(sameValue(was.serve, rule.serve) ? [] : [{ ...about, words: serveChangeText(was.serve, rule.serve, naming), before: { kind: 'serve' as const, serve: was.serve }, after: { kind: 'serve' as const, serve: rule.serve } }]),
      ...(was.heldOut === rule.heldOut ? [] : [{ ...about, words: rule.heldOut ? 'held-out people pass it by' : 'held-out people get it too' }]),
    ]
  })
  const inBoth = (rules: readonly TargetingRule[], others: readonly TargetingRule[]) => rules.map(({ id }) => id).filter((id) => others.some((rule) => rule.id === id))
  const moves = moved(inBoth(before, after), inBoth(after, before)).map((id): Change => {
    const from = before.findIndex((rule) => rule.id === id) + 1
    const to = after.findIndex((rule) => rule.id === id) + 1
    return { ...named(after[to - 1]), ...text(`Rule ${to}`, `moved from place ${from} to ${to}`, `Place ${from}`, `Place ${to}`) }
  })
  return [...removed, ...rest, ...moves]
}

function named(rule: TargetingRule | undefined): { name?: string } {
  return rule === undefined || rule.name === '' ? {} : { name: rule.name }
}

function text(subject: string, words: string, before: string, after: string): Change {
  return { subject, words, before: { kind: 'text', text: before }, after: { kind: 'text', text: after } }
}
