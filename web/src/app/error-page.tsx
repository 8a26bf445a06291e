import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { Failure } from '../ui/failure.tsx'

/** A page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <main><Failure error={error} onRetry={retry} /></main>
}
