import { expect, test } from 'vitest'
import type { Targeting } from '@assay/server/contract'
import { dependantsOf, environmentPairs } from './dependants.ts'

test('every environment is in a pair, also an odd one out', () => {
  expect(environmentPairs(['dev', 'stg', 'prod', 'eu'])).toEqual([['dev', 'stg'], ['prod', 'eu']])
  expect(environmentPairs(['dev', 'stg', 'prod'])).toEqual([['dev', 'stg'], ['prod', 'stg']])
  expect(environmentPairs(['prod'])).toEqual([['prod', 'prod']])
  expect(environmentPairs([])).toEqual([])
})

const needing = (...flags: string[]): Targeting => ({ enabled: true, offVariant: null, prerequisites: flags.map((flag) => ({ flag, variants: ['on'] })), rules: [], fallthrough: { variant: 'on' } })
const row = (flag: string, from: Targeting, to: Targeting) => ({ flag, name: flag.toUpperCase(), same: false, from, to })

test('flags that need it are found, each with its environments', () => {
  const compared = [{ from: 'dev', to: 'stg', flags: [row('a', needing('pay'), needing()), row('b', needing(), needing())] }, { from: 'prod', to: 'stg', flags: [row('a', needing('pay'), needing())] }]
  expect(dependantsOf(['pay'], compared)).toEqual([{ flag: 'a', name: 'A', environments: ['dev', 'prod'] }])
})

test('flags that go together do not hold each other', () => {
  expect(dependantsOf(['pay', 'a'], [{ from: 'dev', to: 'stg', flags: [row('a', needing('pay'), needing())] }])).toEqual([])
})
