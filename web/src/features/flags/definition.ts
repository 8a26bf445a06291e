import { type FlagDetail, type FlagVariant, type Overlap, sameValue, type Side } from '@assay/server/contract'
import { isSplit } from '../../ui/serve/serve-words.ts'
import { kindNames } from './kinds.ts'

/** What a flag is in every environment. */
export type Definition = Pick<FlagDetail, 'name' | 'description' | 'kind' | 'owner' | 'tags' | 'expectedRemoval' | 'clientVisible' | 'variants'>

export function definitionOf({ name, description, kind, owner, tags, expectedRemoval, clientVisible, variants }: Definition): Definition {
  return { name, description, kind, owner, tags, expectedRemoval, clientVisible, variants }
}

/** The parts in which two definitions differ, as the second has them. */
export function changedParts(before: Definition, after: Definition): Partial<Definition> {
  const was = new Map<string, unknown>(Object.entries(before))
  return Object.fromEntries(Object.entries(after).filter(([part, value]) => !sameValue(was.get(part), value)))
}

/** Brings two edits of a definition together, as `mergeTargeting` does for targeting. Variants are places of their own. */
export function mergeDefinition(was: Definition, live: Definition, yours: Definition, prefer: 'live' | 'yours' = 'live'): { definition: Definition; overlaps: Overlap[] } {
  const overlaps: Overlap[] = []
  const settle = <T>(base: T, theirs: T, mine: T, id: string, subject: string, text: (value: T) => string | undefined): T => {
    if (sameValue(theirs, mine) || sameValue(base, mine)) return theirs
    if (sameValue(base, theirs)) return mine
    overlaps.push({ id, subject, was: side(text(base)), live: side(text(theirs)), yours: side(text(mine)) })
    return prefer === 'live' ? theirs : mine
  }
  const keys = [...new Set([...live.variants, ...yours.variants].map(({ key }) => key))]
  const variantOf = ({ variants }: Definition, key: string) => variants.find((variant) => variant.key === key)
  const variants = keys.flatMap((key) => {
    const merged = settle(variantOf(was, key), variantOf(live, key), variantOf(yours, key), `variant ${key}`, `Variant ${key}`, variantText)
    return merged ? [merged] : []
  })
  const definition = {
    name: settle(was.name, live.name, yours.name, 'name', 'Name', (name) => name),
    description: settle(was.description, live.description, yours.description, 'description', 'Description', (words) => words),
    kind: settle(was.kind, live.kind, yours.kind, 'kind', 'Kind', (kind) => kindNames[kind]),
    owner: settle(was.owner, live.owner, yours.owner, 'owner', 'Owner', (owner) => owner ?? 'nobody'),
    tags: settle(was.tags, live.tags, yours.tags, 'tags', 'Tags', (tags) => tags.join(', ')),
    expectedRemoval: settle(was.expectedRemoval, live.expectedRemoval, yours.expectedRemoval, 'expectedRemoval', 'Expected removal', (day) => day ?? 'no day'),
    clientVisible: settle(was.clientVisible, live.clientVisible, yours.clientVisible, 'clientVisible', 'Seen by client keys', (seen) => (seen ? 'yes' : 'no')),
    variants,
  }
  return { definition, overlaps }
}

function variantText(variant: FlagVariant | undefined): string | undefined {
  return variant && `${variant.name === undefined ? '' : `${variant.name}: `}${JSON.stringify(variant.value)}`
}

function side(text: string | undefined): Side | undefined {
  return text === undefined ? undefined : { kind: 'text', text: text === '' ? 'nothing' : text }
}

/** Variants that a running experiment measures, with its key: what they give people is part of the sealed plan. */
export function measuredVariants(flag: FlagDetail): Map<string, string> {
  return new Map(flag.experiments.filter(({ status }) => status === 'running').flatMap((experiment) => {
    const rules = flag.environments.find(({ environment }) => environment === experiment.environment)?.targeting.rules ?? []
    const serve = rules.find(({ id }) => id === experiment.ruleId)?.serve
    return serve && isSplit(serve) ? serve.arms.map((arm): [string, string] => [arm.variant, experiment.key]) : []
  }))
}

/** Of the environments that are looked at, those where the flag is on: there a new value reaches people at once. */
export function liveEnvironments(flag: FlagDetail, among: readonly string[]): string[] {
  return flag.environments.filter(({ environment, targeting }) => targeting.enabled && among.includes(environment)).map(({ environment }) => environment)
}
