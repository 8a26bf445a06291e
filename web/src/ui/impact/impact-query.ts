import { routes, type Targeting } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

interface Place {
  project: string
  flag: string
  environment: string
}

/** Whose variant a targeting alters, counted anew where it or what is live (`revision`) moves on. */
export function impactQuery({ project, flag, environment }: Place, revision: number, targeting: Targeting) {
  return queryOptions({
    queryKey: ['impact', project, flag, environment, revision, targeting],
    queryFn: () => call(routes.previewImpact, { params: { project, flag, environment }, body: { targeting } }),
    staleTime: 60_000,
    retry: false,
  })
}
