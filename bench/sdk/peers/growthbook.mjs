import { createRequire } from 'node:module'
import { GrowthBookClient } from '@growthbook/growthbook'
import { MEMBERS } from '../scenarios.mjs'

function featureOf(flag) {
  const { shape, salt } = flag
  if (shape === 'on') return { defaultValue: true }
  if (shape === 'half') return { defaultValue: false, rules: [{ variations: [true, false], weights: [0.5, 0.5], coverage: 1, hashAttribute: 'id', hashVersion: 2, seed: salt, key: salt }] }
  if (shape === 'cohort') return { defaultValue: false, rules: [{ condition: { id: { $inGroup: 'members' } }, force: true }, { force: true, coverage: 0.3, hashAttribute: 'id', hashVersion: 2, seed: salt }] }
  const { plan, west, near, many, few, version } = flag
  const last = shape === 'rules' ? { seats: { $gte: few } } : { version: { $vgte: version } }
  return { defaultValue: false, rules: [{ plan, country: { $in: west } }, { country: { $in: near }, seats: { $gte: many } }, { plan, ...last }].map((condition) => ({ condition, force: true })) }
}

export const growthbook = {
  name: 'growthbook',
  version: createRequire(import.meta.url)('@growthbook/growthbook/package.json').version,
  textOf: (flags) => JSON.stringify({ features: Object.fromEntries(flags.map((flag) => [flag.key, featureOf(flag)])), savedGroups: { members: MEMBERS } }),
  open(text) {
    const client = new GrowthBookClient().initSync({ payload: JSON.parse(text) })
    return { scope: { client }, call: 'client.evalFeature(KEY, CONTEXT)', on: '.value === true', contextOf: ({ targetingKey, ...attributes }) => ({ attributes: { id: targetingKey, ...attributes } }) }
  },
}
