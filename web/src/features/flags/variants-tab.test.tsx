import type { FlagDetail } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { flagQuery } from '../../api/project-queries.ts'
import { renderInProject, testProject } from '../../testing/render.tsx'
import { VariantsTab } from './variants-tab.tsx'

const flag = (revision: number, onName: string): FlagDetail => ({
  key: 'express', name: 'Express pay', description: '', kind: 'release', type: 'boolean', clientVisible: false, owner: null, tags: [], expectedRemoval: null, archivedAt: null, revision, createdAt: '2026-11-01T00:00:00Z',
  variants: [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: onName, value: true }],
  environments: testProject.environments.map(({ key }) => ({ environment: key, revision: 4, targeting: { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'off' } }, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Jonas Lind' })),
  experiments: [],
})

function Shown() {
  const { data } = useQuery(flagQuery('shop', 'express'))
  return data ? <VariantsTab flag={data} /> : null
}

const nameField = async () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of variant 2' })

test('what somebody else saved is shown where nothing was edited', async () => {
  const { client } = renderInProject(<Shown />, { data: [[['flag', 'shop', 'express'], flag(1, 'On')]] })
  expect((await nameField()).value).toBe('On')
  act(() => { client.setQueryData(['flag', 'shop', 'express'], flag(2, 'Express')) })
  await waitFor(async () => { expect((await nameField()).value).toBe('Express') })
})

test('what somebody is writing stays when somebody else saves', async () => {
  const { client } = renderInProject(<Shown />, { data: [[['flag', 'shop', 'express'], flag(1, 'On')]] })
  const person = userEvent.setup()
  await person.type(await nameField(), ' for all')
  act(() => { client.setQueryData(['flag', 'shop', 'express'], flag(2, 'Express')) })
  expect((await nameField()).value).toBe('On for all')
  expect(screen.getByRole('region', { name: 'Unsaved changes' })).toBeTruthy()
})
