// What is measured: flags of four shapes, in a form that each contender translates into its own, and what each must answer.

const countries = ['DE', 'AT', 'CH', 'US', 'CA', 'MX', 'FR', 'GB']
const plans = ['pro', 'free', 'pro', 'team']
export const MEMBERS = Array.from({ length: 1000 }, (_, i) => `user-${i * 10}`)
const members = new Set(MEMBERS)

/** Six attributes and a key, as a service would know of a customer. */
export function contextAt(i) {
  return { targetingKey: `user-${i}`, country: countries[i % 8], plan: plans[i % 4], seats: 5 + (i % 40), version: `2.${i % 7}.1`, email: `customer-${i}@shop.example`, beta: i % 2 === 0 }
}

/** Whom only the last of three rules matches, each one's first clause being true. */
export function lastRuleContextAt(i) {
  return { ...contextAt(i), country: countries[i % 3], plan: 'pro' }
}

/** `on`: no rules. `rules`: three rules of two clauses, all serving true. `version`: the same, the last with a version. `half`: a split. `cohort`: listed units, then 30 %. */
export const flags = {
  a: { key: 'a', shape: 'on' },
  b: { key: 'b', shape: 'rules', plan: 'pro', west: ['US', 'CA', 'MX'], near: ['DE', 'AT', 'CH'], many: 500, few: 5 },
  b2: { key: 'b2', shape: 'version', plan: 'pro', west: ['US', 'CA', 'MX'], near: ['DE', 'AT', 'CH'], many: 500, version: '2.0.0' },
  c: { key: 'c', shape: 'half', salt: 'c-half' },
  d: { key: 'd', shape: 'cohort', salt: 'd-rollout' },
}

/** Flags of all shapes with values of their own. */
export function mixed(count) {
  const shapes = ['on', 'rules', 'half', 'on', 'rules', 'cohort', 'on', 'version', 'half', 'rules']
  return Array.from({ length: count }, (_, i) => ({
    key: `flag-${i}`, shape: shapes[i % shapes.length], salt: `salt-${i}`, plan: plans[i % 4], many: 400 + i, few: 5 + (i % 30), version: `2.${i % 5}.0`,
    west: countries.slice(i % 5, (i % 5) + 3), near: countries.slice((i + 3) % 6, ((i + 3) % 6) + 3),
  }))
}

/** What a flag must say, undefined where it depends on a contender's own hash. */
export function expected({ shape, plan, west, near, many, few, version }, context) {
  if (shape === 'on') return true
  if (shape === 'half') return undefined
  if (shape === 'cohort') return members.has(context.targetingKey) ? true : undefined
  const last = shape === 'rules' ? context.seats >= few : Number(context.version.split('.')[1]) >= Number(version.split('.')[1])
  return (context.plan === plan && west.includes(context.country)) || (near.includes(context.country) && context.seats >= many) || (context.plan === plan && last)
}

/** Shares that a hash must come near to. */
export const shares = { half: 0.5, cohort: 0.1 + 0.9 * 0.3 }
