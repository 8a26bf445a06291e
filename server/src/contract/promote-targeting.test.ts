import { expect, test } from 'vitest'
import type { Targeting, TargetingRule } from './flags.ts'
import { promoteTargeting } from './promote-targeting.ts'

function rule(id: string, variant = 'on'): TargetingRule {
  return { id, name: id, serve: { variant } }
}
function running(experiment: string): TargetingRule {
  return { id: `experiment-${experiment}`, name: experiment, serve: { unit: 'user', salt: experiment, hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000, experiment, phase: 1 } }
}
function targeting(rules: TargetingRule[], more: Partial<Targeting> = {}): Targeting {
  return { enabled: true, offVariant: 'off', prerequisites: [], rules, fallthrough: { variant: 'on' }, ...more }
}
const ids = ({ rules }: Targeting) => rules.map(({ id }) => id)

test('everything is taken over: state, needs, rules and the fallthrough', () => {
  const from = targeting([rule('staff')], { prerequisites: [{ flag: 'cart', variants: ['on'] }], offVariant: null, fallthrough: { variant: 'off' } })
  expect(promoteTargeting(from, targeting([rule('old')], { enabled: false }))).toEqual(from)
})

test('an experiment of the source stays there', () => {
  expect(ids(promoteTargeting(targeting([rule('staff'), running('EXP-1'), rule('rest')]), targeting([])))).toEqual(['staff', 'rest'])
})

test.each<[string, TargetingRule[], TargetingRule[], string[]]>([
  ['behind the same rule', [rule('a'), rule('b')], [rule('a'), running('EXP-2'), rule('b')], ['a', 'experiment-EXP-2', 'b']],
  ['behind the nearest rule that is still there', [rule('b'), rule('x'), rule('a')], [rule('a'), rule('b'), rule('gone'), running('EXP-2')], ['b', 'experiment-EXP-2', 'x', 'a']],
  ['first where no rule before it is left', [rule('x')], [rule('gone'), running('EXP-2')], ['experiment-EXP-2', 'x']],
  ['in their order', [rule('x')], [running('EXP-2'), running('EXP-3')], ['experiment-EXP-2', 'experiment-EXP-3', 'x']],
])('an experiment of the target stays as it is, %s', (_where, from, to, expected) => {
  const promoted = promoteTargeting(targeting(from), targeting(to))
  expect(ids(promoted)).toEqual(expected)
  expect(promoted.rules.find(({ id }) => id === 'experiment-EXP-2')).toEqual(running('EXP-2'))
})

test('promoting twice changes nothing more', () => {
  const from = targeting([rule('a'), rule('b')])
  const once = promoteTargeting(from, targeting([rule('a'), running('EXP-2')]))
  expect(promoteTargeting(from, once)).toEqual(once)
})
