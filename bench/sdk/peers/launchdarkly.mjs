import { readFileSync } from 'node:fs'
import { init } from '@launchdarkly/node-server-sdk'
import { TestData } from '@launchdarkly/node-server-sdk/integrations'
import { MEMBERS } from '../scenarios.mjs'

const clause = (attribute, op, values, negate = false) => ({ attribute, op, values, negate, contextKind: 'user' })

function flagOf(flag) {
  const { key, shape, salt = key } = flag
  const common = { key, on: true, version: 1, variations: [true, false], offVariation: 1, fallthrough: { variation: 1 }, salt, rules: [], targets: [], prerequisites: [] }
  const rollout = (on) => ({ rollout: { contextKind: 'user', variations: [{ variation: 0, weight: on }, { variation: 1, weight: 100_000 - on }] } })
  if (shape === 'on') return { ...common, fallthrough: { variation: 0 } }
  if (shape === 'half') return { ...common, fallthrough: rollout(50_000) }
  if (shape === 'cohort') return { ...common, rules: [{ id: 'listed', variation: 0, clauses: [clause('', 'segmentMatch', ['members'])] }], fallthrough: rollout(30_000) }
  const { plan, west, near, many, few, version } = flag
  const last = shape === 'rules' ? clause('seats', 'greaterThanOrEqual', [few]) : clause('version', 'semVerLessThan', [version], true)
  const rules = [[clause('plan', 'in', [plan]), clause('country', 'in', west)], [clause('country', 'in', near), clause('seats', 'greaterThanOrEqual', [many])], [clause('plan', 'in', [plan]), last]]
  return { ...common, rules: rules.map((clauses, i) => ({ id: `rule-${i}`, variation: 0, clauses })) }
}

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export const launchdarkly = {
  name: 'launchdarkly',
  version: JSON.parse(readFileSync(new URL('../../node_modules/@launchdarkly/node-server-sdk/package.json', import.meta.url), 'utf8')).version,
  textOf: (flags) => JSON.stringify({ flags: flags.map(flagOf), segments: [{ key: 'members', version: 1, included: MEMBERS, excluded: [], rules: [], salt: 's' }] }),
  async open(text) {
    const data = new TestData()
    const { flags, segments } = JSON.parse(text)
    for (const flag of flags) data.usePreconfiguredFlag(flag)
    for (const segment of segments) data.usePreconfiguredSegment(segment)
    const client = init('sdk-key', { updateProcessor: data.getFactory(), sendEvents: false, diagnosticOptOut: true, logger: silent })
    await client.waitForInitialization({ timeout: 5 })
    const contextOf = ({ targetingKey, ...attributes }) => ({ kind: 'user', key: targetingKey, ...attributes })
    return { scope: { client }, call: 'await client.variationDetail(KEY, CONTEXT, false)', on: '.value === true', contextOf, close: () => client.close() }
  },
}
