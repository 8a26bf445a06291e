import { lazy, Suspense, useState } from 'react'
import { AccountButton } from './account-button.tsx'

const AccountDropdown = lazy(async () => ({ default: (await import('./account-dropdown.tsx')).AccountDropdown }))

/** Who is signed in. What opens menus comes with the first press. */
export function AccountMenu() {
  const [asked, setAsked] = useState(false)
  if (!asked) return <AccountButton aria-haspopup="menu" aria-expanded={false} onClick={() => { setAsked(true) }} />
  return <Suspense fallback={<AccountButton aria-busy />}><AccountDropdown /></Suspense>
}
