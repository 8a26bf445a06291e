import { routes } from '@assay/server/contract'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { ownTimeZone } from '../../ui/schedule/zoned-time.ts'
import type { DeliverySearch } from './delivery-search.ts'

const DAY_MS = 86_400_000
/** While entries of long ago are read, the numbers grow. */
const GROWING_MS = 3000

/** Another period, environment or clock leaves the page standing until its numbers are there. */
export function deliveryQuery(project: string, search: DeliverySearch) {
  const { days = 90, environment, clock } = search
  return queryOptions({
    queryKey: ['delivery', project, days, environment, clock],
    queryFn: () => {
      const to = new Date()
      return call(routes.getDelivery, {
        params: { project },
        query: { from: new Date(to.getTime() - days * DAY_MS).toISOString(), to: to.toISOString(), ...(environment === undefined ? {} : { environment }), ...(clock === 'local' ? { zone: ownTimeZone() } : {}) },
      })
    },
    staleTime: 30_000,
    refetchInterval: ({ state }) => (state.data?.complete === false ? GROWING_MS : false),
    placeholderData: keepPreviousData,
  })
}
