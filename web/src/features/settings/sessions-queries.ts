import { routes, type RouteBodyInput, type Routes } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export const sessionsQuery = queryOptions({ queryKey: ['sessions'], queryFn: () => call(routes.listSessions, {}) })

function useSessionsStale() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
}

export function useEndSession() {
  return useMutation({ mutationFn: (session: string) => call(routes.endSession, { params: { session } }), onSettled: useSessionsStale() })
}

export function useEndOtherSessions() {
  return useMutation({ mutationFn: () => call(routes.endOtherSessions, {}), onSettled: useSessionsStale() })
}

export function useChangePassword() {
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['changePassword']>) => call(routes.changePassword, { body }), onSuccess: useSessionsStale() })
}
