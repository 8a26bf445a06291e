import { routes, type NewApiToken } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'

const tokensKey = (project: string) => ['tokens', project] as const

export function apiTokensQuery(project: string) {
  return queryOptions({ queryKey: tokensKey(project), queryFn: () => call(routes.listApiTokens, { params: { project } }) })
}

export function useCreateApiToken() {
  const [client, project] = [useQueryClient(), useProjectKey()]
  return useMutation({ mutationFn: (body: NewApiToken) => call(routes.createApiToken, { params: { project }, body }), onSuccess: () => client.invalidateQueries({ queryKey: tokensKey(project) }) })
}

export function useRevokeApiToken() {
  const [client, project] = [useQueryClient(), useProjectKey()]
  return useMutation({ mutationFn: (token: string) => call(routes.revokeApiToken, { params: { project, token } }), onSuccess: () => client.invalidateQueries({ queryKey: tokensKey(project) }) })
}
