import { createRequire } from 'node:module'
import { FlagdCore } from '@openfeature/flagd-core'
import { MEMBERS } from '../scenarios.mjs'

const attribute = (name) => ({ var: name })

function targetingOf(flag) {
  const { shape } = flag
  if (shape === 'half') return { fractional: [['on', 50], ['off', 50]] }
  if (shape === 'cohort') return { if: [{ $ref: 'isMember' }, 'on', { fractional: [['on', 30], ['off', 70]] }] }
  const { plan, west, near, many, few, version } = flag
  const isPlan = { '==': [attribute('plan'), plan] }
  const last = shape === 'rules' ? { '>=': [attribute('seats'), few] } : { sem_ver: [attribute('version'), '>=', version] }
  const rules = [[isPlan, { in: [attribute('country'), west] }], [{ in: [attribute('country'), near] }, { '>=': [attribute('seats'), many] }], [isPlan, last]]
  return { if: [...rules.flatMap((and) => [{ and }, 'on']), 'off'] }
}

function definitionOf(flag) {
  const common = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: flag.shape === 'on' ? 'on' : 'off' }
  return flag.shape === 'on' ? common : { ...common, targeting: targetingOf(flag) }
}

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export const flagd = {
  name: 'flagd-core',
  version: createRequire(import.meta.url)('@openfeature/flagd-core/package.json').version,
  textOf: (flags) => JSON.stringify({ flags: Object.fromEntries(flags.map((flag) => [flag.key, definitionOf(flag)])), $evaluators: { isMember: { in: [attribute('targetingKey'), MEMBERS] } } }),
  open(text) {
    const client = new FlagdCore(undefined, silent)
    client.setConfigurations(text)
    return { scope: { client, silent }, call: 'client.resolveBooleanEvaluation(KEY, false, CONTEXT, silent)', on: '.value === true', contextOf: (context) => context }
  },
}
