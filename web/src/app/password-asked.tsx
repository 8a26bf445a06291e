import { lazy, Suspense } from 'react'
import { usePasswordAsked } from '../api/password-asked.ts'

const PasswordDialog = lazy(async () => ({ default: (await import('./password-dialog.tsx')).PasswordDialog }))

/** Asks for the password when something that was asked of the server needs it. */
export function PasswordAsked() {
  const settle = usePasswordAsked()
  return settle === null ? null : <Suspense><PasswordDialog onSettled={settle} /></Suspense>
}
