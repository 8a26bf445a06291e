import { routes, type FlagDetail, type FlagEnvironment, type RouteInput, type Targeting } from '@assay/server/contract'
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { flagQuery } from '../../api/project-queries.ts'

/** How often an open flag looks whether somebody else changed it. */
export const LOOK_AGAIN_MS = 10_000

export function useCreateFlag(project: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.createFlag>['body']) => call(routes.createFlag, { params: { project }, body }),
    onSuccess: (flag) => {
      client.setQueryData(flagQuery(project, flag.key).queryKey, flag)
      forget(client, project)
    },
  })
}

export function useUpdateFlag(project: string, flag: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.updateFlag>['body']) => call(routes.updateFlag, { params: { project, flag }, body }),
    onSuccess: (detail) => {
      client.setQueryData(flagQuery(project, flag).queryKey, detail)
      forget(client, project)
    },
  })
}

interface Save {
  basedOn: number
  targeting: Targeting
  reason?: string
}

/** One environment of a flag. */
export interface Place {
  project: string
  flag: string
  environment: string
}

export function useSaveTargeting(place: Place) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Save) => call(routes.saveTargeting, { params: { ...place }, body }),
    onSuccess: (saved) => { keep(client, place, saved) },
  })
}

interface Turn {
  on: boolean
  /** Revision that is turned on; turning off never waits for one. */
  basedOn: number
  reason?: string
}

/** Turns a flag on or off. `optimistic` shows it before the server agrees: for environments other than production only. */
export function useTurn(place: Place, optimistic: boolean) {
  const client = useQueryClient()
  const { queryKey } = flagQuery(place.project, place.flag)
  return useMutation({
    mutationFn: ({ on, basedOn, reason }: Turn) => (on ? call(routes.turnOn, { params: { ...place }, body: { basedOn, ...(reason === undefined ? {} : { reason }) } }) : call(routes.turnOff, { params: { ...place }, body: {} })),
    onMutate: async ({ on }) => {
      if (!optimistic) return
      await client.cancelQueries({ queryKey })
      client.setQueryData(queryKey, (detail) => detail && withEnvironment(detail, place.environment, (state) => ({ ...state, targeting: { ...state.targeting, enabled: on } })))
    },
    onSuccess: (saved) => { keep(client, place, saved) },
    onError: () => { void client.invalidateQueries({ queryKey }) },
  })
}

/** Records afterwards why a flag was turned off. */
export function useExplain(place: Place) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) => call(routes.explainFlag, { params: { ...place }, body: { reason } }),
    onSuccess: () => { void client.invalidateQueries({ queryKey: ['audit', place.project] }) },
  })
}

/** What the server saved is what the page shows, without asking again. */
function keep(client: QueryClient, { project, flag, environment }: Place, saved: FlagEnvironment): void {
  client.setQueryData(flagQuery(project, flag).queryKey, (detail) => detail && withEnvironment(detail, environment, () => saved))
  forget(client, project)
  void client.invalidateQueries({ queryKey: ['connections', project, environment] })
}

function forget(client: QueryClient, project: string): void {
  void client.invalidateQueries({ queryKey: ['flags', project] })
  void client.invalidateQueries({ queryKey: ['audit', project] })
}

function withEnvironment(detail: FlagDetail, environment: string, change: (state: FlagEnvironment) => FlagEnvironment): FlagDetail {
  return { ...detail, environments: detail.environments.map((state) => (state.environment === environment ? change(state) : state)) }
}
