import { routes } from '@assay/server/contract'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import { queryClient } from './query-client.ts'

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => call(routes.getMe, {}), staleTime: 60_000, retry: false })

/** The person signed in. */
export function useMe() {
  return useSuspenseQuery(meQuery).data
}

/** Ends the session here and on the server. Everything that was loaded is forgotten. */
export async function signOut(): Promise<void> {
  await call(routes.signOut, {})
  queryClient.clear()
}
