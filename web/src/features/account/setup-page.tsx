import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { AccountLayout } from './account-layout.tsx'
import { setupQuery } from './account-queries.ts'
import { SetupForm } from './setup-form.tsx'

/** The first visit, by the one-time link that Assay prints at its start. */
export function SetupPage() {
  const { token } = useSearch({ from: '/setup' })
  const setup = useQuery(setupQuery)
  if (setup.isPending) return <main><Loading rows={4} /></main>
  if (setup.isError) return <main><Failure error={setup.error} onRetry={() => { void setup.refetch() }} /></main>
  if (!setup.data.needed) {
    return <AccountLayout title="Set-up is done" lead={<>This Assay has its first person already. <Link to="/sign-in">Sign in</Link>, or ask an admin for an invitation.</>} />
  }
  if (token === undefined) {
    return <AccountLayout title="Open the set-up link" lead="Assay prints a one-time link where it was started, in the terminal or its log. It ends in ?token= and only that link can create the first person." />
  }
  return (
    <AccountLayout title="Set up Assay" lead="You are the first person here, so you become its admin. Everybody else joins by invitation.">
      <SetupForm token={token} />
    </AccountLayout>
  )
}
