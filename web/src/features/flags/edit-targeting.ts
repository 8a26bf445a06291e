import type { Condition, Serve } from '@assay/sdk/core'
import type { Targeting, TargetingRule } from '@assay/server/contract'

/** One edit of what a flag does in an environment. Ids and salts are made by the caller, so that the same edits give the same document. */
export type TargetingEdit =
  | { type: 'add-rule'; rule: TargetingRule }
  | { type: 'duplicate-rule'; id: string; copyId: string }
  | { type: 'delete-rule'; id: string }
  | { type: 'move-rule'; id: string; by: -1 | 1 }
  | { type: 'name-rule'; id: string; name: string }
  | { type: 'set-condition'; id: string; when: Condition | undefined }
  | { type: 'set-serve'; id: string; serve: Serve }
  | { type: 'set-held-out'; id: string; heldOut: boolean }
  | { type: 'set-fallthrough'; serve: Serve }
  | { type: 'set-off-variant'; variant: string | null }
  | { type: 'set-prerequisite'; flag: string; variants: string[] }
  | { type: 'remove-prerequisite'; flag: string }

/** The document after an edit. */
export function editTargeting(targeting: Targeting, edit: TargetingEdit): Targeting {
  switch (edit.type) {
    case 'add-rule':
      return { ...targeting, rules: [...targeting.rules, edit.rule] }
    case 'duplicate-rule':
      return { ...targeting, rules: targeting.rules.flatMap((rule) => (rule.id === edit.id ? [rule, { ...rule, serve: withoutLayer(rule.serve), id: edit.copyId, name: rule.name === '' ? '' : `${rule.name} (copy)`.slice(0, 200) }] : [rule])) }
    case 'delete-rule':
      return { ...targeting, rules: targeting.rules.filter((rule) => rule.id !== edit.id) }
    case 'move-rule':
      return { ...targeting, rules: moveRule(targeting.rules, edit.id, edit.by) }
    case 'name-rule':
      return withRule(targeting, edit.id, (rule) => ({ ...rule, name: edit.name }))
    case 'set-condition':
      return withRule(targeting, edit.id, ({ when: _old, ...rule }) => (edit.when === undefined ? rule : { ...rule, when: edit.when }))
    case 'set-serve':
      return withRule(targeting, edit.id, (rule) => ({ ...rule, serve: edit.serve }))
    case 'set-held-out':
      return withRule(targeting, edit.id, ({ heldOut: _old, ...rule }) => (edit.heldOut ? { ...rule, heldOut: true } : rule))
    case 'set-fallthrough':
      return { ...targeting, fallthrough: edit.serve }
    case 'set-off-variant':
      return { ...targeting, offVariant: edit.variant }
    case 'set-prerequisite': {
      const { flag, variants } = edit
      const known = targeting.prerequisites.some((item) => item.flag === flag)
      return { ...targeting, prerequisites: known ? targeting.prerequisites.map((item) => (item.flag === flag ? { flag, variants } : item)) : [...targeting.prerequisites, { flag, variants }] }
    }
    case 'remove-prerequisite':
      return { ...targeting, prerequisites: targeting.prerequisites.filter((item) => item.flag !== edit.flag) }
  }
}

function withoutLayer(serve: Serve): Serve {
  if (!('layer' in serve)) return serve
  const { layer: _taken, ...rest } = serve
  return rest
}

function withRule(targeting: Targeting, id: string, change: (rule: TargetingRule) => TargetingRule): Targeting {
  return { ...targeting, rules: targeting.rules.map((rule) => (rule.id === id ? change(rule) : rule)) }
}

function moveRule(rules: readonly TargetingRule[], id: string, by: -1 | 1): TargetingRule[] {
  const from = rules.findIndex((rule) => rule.id === id)
  const rule = rules[from]
  const to = from + by
  if (!rule || to < 0 || to >= rules.length) return [...rules]
  const rest = rules.filter((other) => other !== rule)
  return [...rest.slice(0, to), rule, ...rest.slice(to)]
}
