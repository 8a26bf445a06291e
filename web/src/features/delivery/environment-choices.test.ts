import { expect, test } from 'vitest'
import { testProject } from '../../testing/render.tsx'
import { environmentChoices } from './environment-choices.ts'

const { environments } = testProject

test('production comes first and needs no key', () => {
  expect(environmentChoices(environments)).toEqual([{ value: '', label: 'Production' }, { value: 'development', label: 'Development' }, { value: 'staging', label: 'Staging' }])
})

test('where several are production, they can be looked at together or one by one', () => {
  expect(environmentChoices(environments.map((environment) => ({ ...environment, production: environment.key !== 'development' })))).toEqual([
    { value: '', label: 'All of production' }, { value: 'development', label: 'Development' }, { value: 'staging', label: 'Staging' }, { value: 'production', label: 'Production' },
  ])
})
