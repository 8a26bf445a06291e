import { routes } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** SDK keys, for those who may see them; looked at again while the first one waits to be used. */
export function keysQuery(project: string) {
  return queryOptions({ queryKey: ['keys', project], queryFn: () => call(routes.listKeys, { params: { project } }) })
}
