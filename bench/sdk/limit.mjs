import { builtCore } from '../built-core.mjs'
import { MEMBERS } from './scenarios.mjs'

/**
 * What a programmer would write by hand for exactly these flags, with the engine's own hash: closures in a Map by key, each
 * giving a prepared frozen object. It knows no ruleset, checks nothing, and reads whatever the context has.
 */
export async function limit() {
  const { murmur3After } = await builtCore('hash.js')
  const members = new Set(MEMBERS)

  function closureOf({ key, shape, salt, plan, west: westList, near: nearList, many, few, version }) {
    const details = (value, reason, ruleId) => Object.freeze({ flagKey: key, value, variant: value ? 'on' : 'off', reason, ruleId })
    const on = details(true, 'TARGETING_MATCH', 'last')
    const off = details(false, 'DEFAULT', undefined)
    if (shape === 'on') return () => on
    if (shape === 'half') {
      const hash = murmur3After(`${salt}.`)
      return (context) => (Math.floor((hash(context.targetingKey) * 100_000) / 4_294_967_296) < 50_000 ? on : off)
    }
    if (shape === 'cohort') {
      const hash = murmur3After(`${salt}.`)
      return (context) => (members.has(context.targetingKey) || Math.floor((hash(context.targetingKey) * 100_000) / 4_294_967_296) < 30_000 ? on : off)
    }
    const [west, near] = [new Set(westList), new Set(nearList)]
    if (shape === 'rules') {
      return (context) => {
        if (context.plan === plan && west.has(context.country)) return on
        if (near.has(context.country) && context.seats >= many) return on
        if (context.plan === plan && context.seats >= few) return on
        return off
      }
    }
    const isNewEnough = remembered((text) => isAtLeast(text, version))
    return (context) => {
      if (context.plan === plan && west.has(context.country)) return on
      if (near.has(context.country) && context.seats >= many) return on
      if (context.plan === plan && isNewEnough(context.version)) return on
      return off
    }
  }

  return {
    name: 'closure',
    version: 'limit',
    textOf: (flags) => JSON.stringify(flags),
    open: (text) => ({ scope: { closures: new Map(JSON.parse(text).map((flag) => [flag.key, closureOf(flag)])) }, call: 'closures.get(KEY)(CONTEXT)', on: '.value === true', contextOf: (context) => context }),
  }
}

function remembered(answer) {
  const known = new Map()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const said = answer(text)
    known.set(text, said)
    return said
  }
}

function isAtLeast(text, other) {
  const [a, b] = [text.split('.').map(Number), other.split('.').map(Number)]
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i]
  return true
}
