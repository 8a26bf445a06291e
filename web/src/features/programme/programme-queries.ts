import { routes } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export function programmeQuery(project: string) {
  return queryOptions({ queryKey: ['programme', project], queryFn: () => call(routes.getProgramme, { params: { project } }), staleTime: 60_000 })
}
