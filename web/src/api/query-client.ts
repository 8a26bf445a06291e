import { MutationCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './client.ts'

export const queryClient: QueryClient = new QueryClient({
  mutationCache: new MutationCache({ onSuccess: () => { void queryClient.invalidateQueries({ queryKey: ['inbox'] }) } }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refuses stays refused; what it could not do may work the next time.
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
})
