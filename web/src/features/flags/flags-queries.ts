import { routes, type FlagDetail, type FlagEnvironment, type RouteInput, type Targeting } from '@assay/server/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { COUNT_AGAIN_MS, flagQuery } from '../../api/project-queries.ts'
import { messageOf } from '../../ui/message-of.ts'
import { definitionChange, type BulkChange } from './bulk-change.ts'

/** Flags of a page: twice of what a tall window shows. */
const PAGE = 50

/** What a page of the list is asked by. */
export type FlagListQuery = Omit<RouteInput<typeof routes.listFlags>['query'], 'cursor' | 'limit'>

/** Flags of a list, page by page. What was found before stays in sight until the next is there; a search that nobody waits for is given up. */
export function flagPagesQuery(project: string, asked: FlagListQuery) {
  return infiniteQueryOptions({
    queryKey: ['flags', project, 'pages', asked],
    queryFn: ({ pageParam, signal }) => call(routes.listFlags, { params: { project }, query: { ...asked, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** Decisions of one flag per variant over the last hours. */
export function usageSeriesQuery({ project, flag, environment }: Place, hours: number) {
  return queryOptions({ queryKey: ['usage', project, flag, environment, hours], queryFn: () => call(routes.getUsage, { params: { project, flag, environment }, query: { hours } }), refetchInterval: COUNT_AGAIN_MS })
}

/** Every flag as two environments have it. */
export function compareQuery(project: string, from: string, to: string) {
  return queryOptions({ queryKey: ['flags', project, 'compare', from, to], queryFn: () => call(routes.compareEnvironments, { params: { project }, query: { from, to } }) })
}

export function useCreateFlag(project: string) {
  return useFlagWrite(project, (body: RouteInput<typeof routes.createFlag>['body']) => call(routes.createFlag, { params: { project }, body }))
}

export function useUpdateFlag(project: string, flag: string) {
  return useFlagWrite(project, (body: RouteInput<typeof routes.updateFlag>['body']) => call(routes.updateFlag, { params: { project, flag }, body }))
}

/** What comes with every write of what a flag does somewhere. */
export interface Write {
  basedOn: number
  reason?: string
  /** Past the review that the environment asks for. */
  bypass?: true
  /** Units of a running experiment move, and that is meant. */
  confirmMoves?: true
}

/** One environment of a flag. */
export interface Place {
  project: string
  flag: string
  environment: string
}

export function useSaveTargeting(place: Place) {
  return usePlaceWrite(place, (body: Write & { targeting: Targeting }) => call(routes.saveTargeting, { params: { ...place }, body }))
}

interface Turn {
  on: boolean
  /** Revision that is turned on; turning off never waits for one. */
  basedOn: number
  reason?: string
  bypass?: true
}

/** Turns a flag on or off. `optimistic` shows it before the server agrees: for environments other than production only. */
export function useTurn(place: Place, optimistic: boolean) {
  const client = useQueryClient()
  const { queryKey } = flagQuery(place.project, place.flag)
  return useMutation({
    mutationFn: ({ on, ...body }: Turn) => (on ? call(routes.turnOn, { params: { ...place }, body }) : call(routes.turnOff, { params: { ...place }, body: {} })),
    onMutate: async ({ on }) => {
      if (!optimistic) return
      await client.cancelQueries({ queryKey })
      client.setQueryData(queryKey, (detail) => detail && withEnvironment(detail, place.environment, (state) => ({ ...state, targeting: { ...state.targeting, enabled: on } })))
    },
    onSuccess: (saved) => { keep(client, place, saved) },
    onError: () => { void client.invalidateQueries({ queryKey }) },
  })
}

/** Takes over what the flag does in another environment. */
export function usePromote(place: Place) {
  return usePlaceWrite(place, (body: Write & { from: string }) => call(routes.promoteTargeting, { params: { ...place }, body }))
}

/** Brings back what the flag did at an earlier revision. */
export function useRestoreTargeting(place: Place) {
  return usePlaceWrite(place, (body: Write & { revision: number }) => call(routes.restoreTargeting, { params: { ...place }, body }))
}

/** Proposes a change instead of making it: for others to review, or for a later time. */
export function useProposeChange(place: Place) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.proposeChange>['body']) => call(routes.proposeChange, { params: { ...place }, body }),
    onSuccess: () => {
      forget(client, place.project)
      void client.invalidateQueries({ queryKey: ['changes', place.project] })
    },
  })
}

export function useRestoreDefinition(project: string, flag: string) {
  return useFlagWrite(project, (body: RouteInput<typeof routes.restoreDefinition>['body']) => call(routes.restoreDefinition, { params: { project, flag }, body }))
}

export function useArchiveFlag(project: string, flag: string) {
  return useFlagWrite(project, (body: RouteInput<typeof routes.archiveFlag>['body']) => call(routes.archiveFlag, { params: { project, flag }, body }))
}

export function useUnarchiveFlag(project: string, flag: string) {
  return useFlagWrite(project, (body: RouteInput<typeof routes.unarchiveFlag>['body']) => call(routes.unarchiveFlag, { params: { project, flag }, body }))
}

export function useCloneFlag(project: string, flag: string) {
  return useFlagWrite(project, (body: RouteInput<typeof routes.cloneFlag>['body']) => call(routes.cloneFlag, { params: { project, flag }, body }))
}

export function useDeleteFlag(project: string, flag: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(routes.deleteFlag, { params: { project, flag } }),
    onSuccess: () => { forget(client, project) },
  })
}

export interface BulkOutcome {
  /** Keys of the flags that were changed. */
  done: string[]
  refused: { flag: string; why: string }[]
}

/** One change of many flags, one after the other: what is refused for one says so and stops nothing. */
export function useBulkChange(project: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ flags, change, onDone }: { flags: readonly string[]; change: BulkChange; onDone: (done: number) => void }): Promise<BulkOutcome> => {
      const outcome: BulkOutcome = { done: [], refused: [] }
      for (const flag of flags) {
        const params = { project, flag }
        try {
          const detail = await call(routes.getFlag, { params })
          if (change.type === 'archive') await call(routes.archiveFlag, { params, body: { basedOn: detail.revision, ...(change.reason === '' ? {} : { reason: change.reason }) } })
          else await call(routes.updateFlag, { params, body: { basedOn: detail.revision, ...definitionChange(detail, change) } })
          outcome.done.push(flag)
        } catch (error) {
          outcome.refused.push({ flag, why: messageOf(error) })
        }
        onDone(outcome.done.length + outcome.refused.length)
      }
      return outcome
    },
    onSettled: (_outcome, _error, { flags }) => {
      for (const flag of flags) void client.invalidateQueries({ queryKey: flagQuery(project, flag).queryKey })
      forget(client, project)
    },
  })
}

/** Keys of all the flags that a list has, loaded or not. */
export function useSelectAll(project: string) {
  return useMutation({ mutationFn: (query: RouteInput<typeof routes.listFlagNames>['query']) => call(routes.listFlagNames, { params: { project }, query }) })
}

/** A write that answers with the whole flag, which is what the page shows then. */
function useFlagWrite<Body>(project: string, write: (body: Body) => Promise<FlagDetail>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: (detail) => {
      client.setQueryData(flagQuery(project, detail.key).queryKey, detail)
      forget(client, project)
    },
  })
}

/** A write that answers with one environment of the flag. */
function usePlaceWrite<Body>(place: Place, write: (body: Body) => Promise<FlagEnvironment>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: write, onSuccess: (saved) => { keep(client, place, saved) } })
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
  void client.invalidateQueries({ queryKey: ['usage', project] })
}

function withEnvironment(detail: FlagDetail, environment: string, change: (state: FlagEnvironment) => FlagEnvironment): FlagDetail {
  return { ...detail, environments: detail.environments.map((state) => (state.environment === environment ? change(state) : state)) }
}
