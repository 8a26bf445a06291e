import { routes } from '@assay/server/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** Whether the hash chain of the log is whole. Under the log's own key, so that every change asks anew. */
export function verificationQuery(project: string) {
  return queryOptions({ queryKey: ['audit', project, 'verification'], queryFn: () => call(routes.verifyAudit, { params: { project } }) })
}
