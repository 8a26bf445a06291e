import { routes } from '@assay/server/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import type { Context } from './playground-search.ts'

export interface Question {
  context: Context
  flag: string | undefined
  at: string | undefined
  version: number | undefined
}

/** What a context gets. */
export function answerQuery(project: string, environment: string, { context, flag, at, version }: Question) {
  return queryOptions({
    queryKey: ['playground', project, environment, flag, context, at, version],
    queryFn: () => call(routes.evaluateInPlayground, { params: { project, environment }, body: { context, ...(flag === undefined ? {} : { flag }), ...(at === undefined ? {} : { at }), ...(version === undefined ? {} : { version }) } }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

const PAGE = 50

/** Every ruleset that was served, newest first. */
export function rulesetsQuery(project: string, environment: string) {
  return infiniteQueryOptions({
    queryKey: ['rulesets', project, environment],
    queryFn: ({ pageParam }) => call(routes.listRulesets, { params: { project, environment }, query: { limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) } }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBefore,
  })
}
