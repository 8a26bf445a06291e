import { routes, type KnownAttribute } from '@assay/server/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'

/** Attributes to offer; none while they are not known, and where the event store is away: a condition is written without them too. */
export function useKnownAttributes(): readonly KnownAttribute[] {
  return useQuery(attributesQuery(useProjectKey())).data?.attributes ?? []
}

function attributesQuery(project: string) {
  return queryOptions({ queryKey: ['attributes', project], queryFn: () => call(routes.listAttributes, { params: { project }, query: {} }), staleTime: 300_000, retry: false })
}
