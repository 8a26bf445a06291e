import { builtCore } from '../built-core.mjs'
import { MEMBERS } from './scenarios.mjs'

const HALVES = [{ variant: 'on', weight: 50_000 }, { variant: 'off', weight: 50_000 }]
const clause = (attribute, op, ...values) => ({ attribute, op, values })

/** A flag as the server publishes it. */
function flagOf(flag) {
  const { key, shape, salt } = flag
  const split = (arms, coverage) => ({ unit: 'user', salt, hash: 'murmur3', arms, coverage })
  const parts = {
    on: () => ({ rules: [], fallthrough: { variant: 'on' } }),
    rules: () => ({ rules: rulesOf(flag, clause('seats', 'gte', flag.few)), fallthrough: { variant: 'off' } }),
    version: () => ({ rules: rulesOf(flag, clause('version', 'semver_gte', flag.version)), fallthrough: { variant: 'off' } }),
    half: () => ({ rules: [], fallthrough: split(HALVES, 100_000) }),
    cohort: () => ({ rules: [{ id: 'listed', when: { cohort: 'members' }, serve: { variant: 'on' } }, { id: 'rollout', serve: split([{ variant: 'on', weight: 100_000 }], 30_000) }], fallthrough: { variant: 'off' } }),
  }
  return { key, type: 'boolean', enabled: true, clientVisible: false, revision: 1, variants: [{ key: 'on', value: true }, { key: 'off', value: false }], ...parts[shape]() }
}

function rulesOf({ plan, west, near, many }, last) {
  const rule = (id, ...all) => ({ id, when: { all }, serve: { variant: 'on' } })
  return [rule('west', clause('plan', 'in', plan), clause('country', 'in', ...west)), rule('large', clause('country', 'in', ...near), clause('seats', 'gte', many)), rule('last', clause('plan', 'in', plan), last)]
}

export function rulesetOf(flags) {
  return { schema: 1, project: 'shop', environment: 'production', epoch: '0198f000-0000-7000-8000-000000000000', version: 1, flags: flags.map(flagOf), cohorts: [{ key: 'members', unit: 'user', included: MEMBERS }], layers: [], holdouts: [] }
}

export async function assay() {
  const { parseRuleset, compileRuleset, evaluate } = await builtCore('index.js')
  return {
    name: 'assay',
    version: 'this repository',
    textOf: (flags) => JSON.stringify(rulesetOf(flags)),
    open(text) {
      const parsed = parseRuleset(text)
      if (!parsed.ok) throw new Error(parsed.error)
      return { scope: { evaluate, compiled: compileRuleset(parsed.ruleset) }, call: 'evaluate(compiled, KEY, CONTEXT)', on: '.value === true', contextOf: (context) => context }
    },
  }
}
