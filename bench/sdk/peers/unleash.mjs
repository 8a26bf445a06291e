import { createRequire } from 'node:module'
import { InMemStorageProvider, Unleash } from 'unleash-client'
import { MEMBERS } from '../scenarios.mjs'

const constraint = (contextName, operator, values, inverted = false) => ({ contextName, operator, inverted, caseInsensitive: false, ...(Array.isArray(values) ? { values } : { value: String(values), values: [] }) })

function featureOf(flag) {
  const { key, shape, salt } = flag
  const feature = (strategies, variants = []) => ({ name: key, type: 'release', enabled: true, impressionData: false, stale: false, strategies, variants })
  const everybody = { name: 'default', parameters: {}, constraints: [] }
  if (shape === 'on') return feature([everybody])
  if (shape === 'half') return feature([everybody], [['on', 500], ['off', 500]].map(([name, weight]) => ({ name, weight, weightType: 'variable', stickiness: 'userId', overrides: [] })))
  if (shape === 'cohort') return feature([{ ...everybody, segments: [1] }, { name: 'flexibleRollout', parameters: { rollout: '30', stickiness: 'userId', groupId: salt }, constraints: [] }])
  const { plan, west, near, many, few, version } = flag
  const last = shape === 'rules' ? constraint('seats', 'NUM_GTE', few) : constraint('version', 'SEMVER_LT', version, true)
  const rules = [[constraint('plan', 'IN', [plan]), constraint('country', 'IN', west)], [constraint('country', 'IN', near), constraint('seats', 'NUM_GTE', many)], [constraint('plan', 'IN', [plan]), last]]
  return feature(rules.map((constraints) => ({ ...everybody, constraints })))
}

function contextOf({ targetingKey, seats, beta, ...attributes }) {
  return { userId: targetingKey, properties: { ...attributes, seats: String(seats), beta: String(beta) } }
}

export const unleash = {
  name: 'unleash-client',
  version: createRequire(import.meta.url)('unleash-client/package.json').version,
  textOf: (flags) => JSON.stringify({ features: flags.map(featureOf), segments: [{ id: 1, constraints: [constraint('userId', 'IN', MEMBERS)] }], shapes: Object.fromEntries(flags.map(({ key, shape }) => [key, shape])) }),
  async open(text) {
    const { features, segments, shapes } = JSON.parse(text)
    const options = { appName: 'bench', url: 'http://127.0.0.1:9/', refreshInterval: 0, disableMetrics: true, skipInstanceCountWarning: true, storageProvider: new InMemStorageProvider(), bootstrap: { data: features, segments }, customHeaders: { Authorization: 'none' }, httpOptions: { maxRetries: 0 } }
    const client = new Unleash(options)
    client.on('error', () => undefined).on('warn', () => undefined)
    // There is no server: it goes on from its bootstrap.
    await new Promise((resolve) => { client.once('ready', resolve) })
    // A split is asked as a variant, everything else as on or off.
    const ask = (key, context) => (shapes[key] === 'half' ? client.getVariant(key, context).name === 'on' : client.isEnabled(key, context))
    return { scope: { ask }, call: 'ask(KEY, CONTEXT)', on: ' === true', contextOf, close: () => client.destroy() }
  },
}
