import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Failure } from '../ui/failure.tsx'
import { messageOf } from '../ui/message-of.ts'
import { PageNotFetched } from './lazy-page.ts'

/** What bundler and browsers say of a part of a page, such as a dialog, whose code does not come. */
const notFetched = /preload CSS|dynamically imported module|Importing a module script failed/

/** A page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  if (error instanceof PageNotFetched && error.reload) return <main><Failure error={error} onRetry={() => { window.location.reload() }} retry="Load anew" /></main>
  return <main><Failure error={notFetched.test(messageOf(error)) ? new PageNotFetched(false, error) : error} onRetry={retry} /></main>
}
