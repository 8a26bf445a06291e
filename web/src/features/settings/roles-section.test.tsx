import { allows, permissions, permissionWords, roles, type Member, type Permission } from '@assay/server/contract'
import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderInProject } from '../../testing/render.tsx'
import { RolesSection } from './roles-section.tsx'

const person = (userId: string, name: string, role: Member['role']): Member => ({ userId, name, email: `${name}@example.com`, role, revision: 1, invited: false, lastSeenAt: null })
const members = [person('0', 'Ada', 'admin'), person('1', 'Ben', 'engineer'), person('2', 'Cem', 'viewer')]

test('each row says what a permission lets somebody do, which roles carry it, and who has it', async () => {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  renderInProject(<RolesSection />, { path: '/settings/roles', data: [[['members', 'shop'], { members }]] })
  await screen.findByRole('region', { name: 'Roles and capabilities' })
  for (const permission of Object.keys(permissions) as Permission[]) {
    const row = screen.getByRole('rowheader', { name: permissionWords[permission].lets }).closest('tr')
    if (!row) throw new Error(permission)
    const cells = within(row).getAllByRole('cell').map((cell) => cell.textContent)
    expect(cells.slice(0, roles.length), permission).toEqual(roles.map((role) => (allows(role, permission) ? 'Yes' : 'No')))
    for (const { name, role } of members.slice(0, 2)) expect(cells.at(-1)?.includes(name), `${name} ${permission}`).toBe(allows(role, permission))
  }
})

test('who has which role is said with how many they are, and which is one’s own', async () => {
  vi.spyOn(window, 'scrollTo').mockReturnValue()
  renderInProject(<RolesSection />, { path: '/settings/roles', data: [[['members', 'shop'], { members }]] })
  const cards = await screen.findAllByRole('listitem')
  expect(cards.map((card) => card.querySelector('h2')?.textContent)).toEqual(['Viewer', 'Product owner', 'Engineer', 'AdminYou'])
  expect(cards.map((card) => /Nobody|1 person/.exec(card.textContent)?.[0])).toEqual(['1 person', 'Nobody', '1 person', '1 person'])
})
