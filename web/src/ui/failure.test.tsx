import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { ApiError } from '../api/client.ts'
import { renderUi } from '../testing/render.tsx'
import { Failure } from './failure.tsx'

test('what could not be loaded can be asked for again', () => {
  renderUi(<Failure error={new ApiError('storage_unavailable', 503, 'The database does not answer.')} onRetry={vi.fn()} />)
  expect(screen.getByRole('alert').textContent).toContain('The database does not answer.')
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})

test('what is not there is no failure of loading: the way on is back', () => {
  renderUi(<Failure error={new ApiError('not_found', 404, 'There is no cohort with the key eea.')} onRetry={vi.fn()} />)
  expect(screen.getByRole('heading').textContent).toBe('Not found')
  expect(screen.getByRole('alert').textContent).toContain('There is no cohort with the key eea. Perhaps it was deleted')
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Go back' })).toBeTruthy()
})
