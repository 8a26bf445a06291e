import type { Flag, Ruleset, Split } from './ruleset.ts'

/** Rulesets for tests: whole, with what a test does not name left plain. */
export function aRuleset(parts: Partial<Ruleset> = {}): Ruleset {
  return { schema: 1, project: 'shop', environment: 'production', epoch: '0198f000-0000-7000-8000-000000000000', version: 1, flags: [], cohorts: [], layers: [], holdouts: [], ...parts }
}

/** A boolean flag that serves `off`. */
export function aFlag(key: string, parts: Partial<Flag> = {}): Flag {
  return { key, type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'on', value: true }, { key: 'off', value: false }], rules: [], fallthrough: { variant: 'off' }, ...parts }
}

/** Half `on`, half `off`. */
export function halves(salt: string, parts: Partial<Split> = {}): Split {
  return { unit: 'user', salt, hash: 'murmur3', arms: [{ variant: 'on', weight: 50_000 }, { variant: 'off', weight: 50_000 }], coverage: 100_000, ...parts }
}
