import { routes } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** Whether the hash chain of the log is whole; what the server has read in the last hour is not read again. Under the log's own key, so that every change asks anew. */
export function verificationQuery(project: string) {
  return queryOptions({ queryKey: ['audit', project, 'verification'], queryFn: () => call(routes.verifyAudit, { params: { project }, query: { recent: 'true' } }) })
}

/** Reads every entry again. */
export function useVerifyAll(project: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(routes.verifyAudit, { params: { project }, query: {} }),
    onSuccess: (verdict) => { client.setQueryData(verificationQuery(project).queryKey, verdict) },
  })
}
