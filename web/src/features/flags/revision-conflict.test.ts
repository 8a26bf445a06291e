import { expect, test } from 'vitest'
import { ApiError } from '../../api/client.ts'
import { conflictingVersion } from './revision-conflict.ts'

const targeting = { enabled: true, offVariant: null, prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
const conflict = (details: unknown) => new ApiError('revision_conflict', 409, 'Changed by Jonas since you opened it.', details)

test('the version that stands now is read from the refusal', () => {
  expect(conflictingVersion(conflict({ basedOn: 1, currentRevision: 2, current: { environment: 'production', revision: 2, targeting }, yours: {}, changedBy: 'Jonas' }))).toEqual({ revision: 2, targeting, changedBy: 'Jonas' })
})

test('any other failure is no conflict', () => {
  expect(conflictingVersion(new ApiError('forbidden', 403, 'No.', { currentRevision: 2, current: { targeting } }))).toBeUndefined()
  expect(conflictingVersion(conflict({ currentRevision: 2, current: { targeting: {} } }))).toBeUndefined()
  expect(conflictingVersion(conflict(undefined))).toBeUndefined()
  expect(conflictingVersion(new Error('offline'))).toBeUndefined()
})
