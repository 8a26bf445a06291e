import { allows, permissions, roles } from '@assay/server/contract'
import { expect, test } from 'vitest'
import { capabilityGroups, peopleWords, whoMay } from './capabilities.ts'

test('every permission of the contract stands in one group, with its words, for the roles that carry it', () => {
  const all = capabilityGroups().flatMap((group) => group.capabilities)
  expect(all.map(({ permission }) => permission).sort()).toEqual(Object.keys(permissions).sort())
  expect(new Set(all.map(({ lets }) => lets)).size).toBe(all.length)
  for (const { permission, may } of all) for (const role of roles) expect(may[role], `${permission} ${role}`).toBe(allows(role, permission))
})

const members = [
  { name: 'Ada', role: 'admin', invited: false },
  { name: 'Ben', role: 'viewer', invited: false },
  { name: 'Cem', role: 'engineer', invited: false },
  { name: 'Dana', role: 'admin', invited: true },
] as const

test('who may is who has come and carries the role', () => {
  expect(whoMay(members, 'member.write')).toEqual(['Ada'])
  expect(whoMay(members, 'flag.write')).toEqual(['Ada', 'Cem'])
  expect(whoMay(members, 'project.read')).toEqual(['Ada', 'Ben', 'Cem'])
})

test.each([
  [[], 'Nobody'],
  [['Ada'], 'Ada'],
  [['Ada', 'Ben'], 'Ada and Ben'],
  [['Ada', 'Ben', 'Cem'], 'Ada, Ben and 1 more'],
])('%j are %j', (names, words) => {
  expect(peopleWords(names)).toBe(words)
})
