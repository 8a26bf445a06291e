import { routes, type FlagDetail } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError, call } from '../../api/client.ts'
import { flagQuery } from '../../api/project-queries.ts'
import { FIRST_FLAG, firstFlag } from './first-flag.ts'

/** How often it is looked whether an app has come. */
export const LOOK_EVERY_MS = 1500

/** The flag, or null while there is none. */
export function firstFlagQuery(project: string) {
  return queryOptions({
    queryKey: ['first-flag', project],
    queryFn: () => call(routes.getFlag, { params: { project, flag: FIRST_FLAG } }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }),
  })
}

/** Who asked for it in the last hour, and what they got. */
export function askedQuery(project: string, environment: string) {
  return queryOptions({ queryKey: ['usage', project, FIRST_FLAG, environment, 1], queryFn: () => call(routes.getUsage, { params: { project, flag: FIRST_FLAG, environment }, query: { hours: 1 } }), refetchInterval: LOOK_EVERY_MS, staleTime: 0 })
}

/** Makes the flag, where it is not there yet, and a key whose secret is in the answer only. */
export function usePrepare(project: string, environment: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (flag: FlagDetail | null) => {
      if (flag === null) await call(routes.createFlag, { params: { project }, body: firstFlag })
      return call(routes.createKey, { params: { project }, body: { environment, kind: 'server', name: 'First flag' } })
    },
    onSettled: () => Promise.all([['first-flag', project], ['flags', project], ['keys', project]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

export function useTurnFirstFlag(project: string, environment: string) {
  const client = useQueryClient()
  const params = { project, flag: FIRST_FLAG, environment }
  return useMutation({
    mutationFn: ({ on, basedOn }: { on: boolean; basedOn: number }) => (on ? call(routes.turnOn, { params, body: { basedOn } }) : call(routes.turnOff, { params, body: {} })),
    onSettled: () => Promise.all([['first-flag', project], ['flags', project], flagQuery(project, FIRST_FLAG).queryKey, ['connections', project, environment], ['audit', project]].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
