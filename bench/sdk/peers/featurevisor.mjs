import { createRequire } from 'node:module'
import { createInstance } from '@featurevisor/sdk'
import { MEMBERS } from '../scenarios.mjs'

const condition = (attribute, operator, value) => ({ attribute, operator, value })

function segmentsOf(flag) {
  if (flag.shape !== 'rules' && flag.shape !== 'version') return {}
  const { key, shape, plan, west, near, many, few, version } = flag
  const isPlan = condition('plan', 'equals', plan)
  const last = shape === 'rules' ? condition('seats', 'greaterThanOrEquals', few) : condition('version', 'semverGreaterThanOrEquals', version)
  const conditions = [[isPlan, condition('country', 'in', west)], [condition('country', 'in', near), condition('seats', 'greaterThanOrEquals', many)], [isPlan, last]]
  return Object.fromEntries(conditions.map((all, i) => [`${key}-${i}`, { conditions: all }]))
}

function trafficOf({ key, shape }) {
  const traffic = (segments, percentage) => ({ key: segments, segments, percentage, allocation: [] })
  if (shape === 'on') return [traffic('*', 100_000)]
  if (shape === 'half') return [traffic('*', 50_000)]
  if (shape === 'cohort') return [traffic('members', 100_000), traffic('*', 30_000)]
  return [0, 1, 2].map((i) => traffic(`${key}-${i}`, 100_000))
}

export const featurevisor = {
  name: 'featurevisor',
  version: createRequire(import.meta.url)('@featurevisor/sdk/package.json').version,
  textOf: (flags) => JSON.stringify({
    schemaVersion: '2', revision: '1',
    segments: Object.assign({ members: { conditions: [condition('targetingKey', 'in', MEMBERS)] } }, ...flags.map(segmentsOf)),
    features: Object.fromEntries(flags.map((flag) => [flag.key, { bucketBy: 'targetingKey', traffic: trafficOf(flag) }])),
  }),
  open(text) {
    const client = createInstance({ datafile: text, logLevel: 'fatal' })
    return { scope: { client }, call: 'client.evaluateFlag(KEY, CONTEXT)', on: '.enabled === true', contextOf: (context) => context }
  },
}
