import { routes, type DeliveryState, type DeliverySummary, type Webhook, type WebhookSetup } from '@assay/server/contract'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'

/** Looked at often while something is about to be sent. */
const BUSY_MS = 2_000
const IDLE_MS = 30_000

export function webhooksQuery(project: string) {
  return queryOptions({ queryKey: ['webhooks', project], queryFn: () => call(routes.listWebhooks, { params: { project } }), refetchInterval: ({ state }) => (state.data?.webhooks.some(({ waiting }) => waiting > 0) === true ? BUSY_MS : IDLE_MS) })
}

export function deliveriesQuery(project: string, webhook: string, state: DeliveryState | undefined) {
  return infiniteQueryOptions({
    queryKey: ['webhook-deliveries', project, webhook, state ?? 'all'],
    queryFn: ({ pageParam }) => call(routes.listWebhookDeliveries, { params: { project, webhook }, query: { ...(state === undefined ? {} : { state }), ...(pageParam === null ? {} : { before: pageParam }) } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
    refetchInterval: ({ state: { data } }) => (data?.pages[0]?.deliveries.some(isDue) === true ? BUSY_MS : IDLE_MS),
  })
}

export function deliveryQuery(project: string, webhook: string, delivery: string) {
  return queryOptions({
    queryKey: ['webhook-delivery', project, webhook, delivery],
    queryFn: () => call(routes.getWebhookDelivery, { params: { project, webhook, delivery } }),
    refetchInterval: ({ state: { data } }) => (data && isDue(data) ? BUSY_MS : false),
  })
}

/** Whether it is sent about now. */
function isDue({ nextAttemptAt }: Pick<DeliverySummary, 'nextAttemptAt'>): boolean {
  return nextAttemptAt !== null && Date.parse(nextAttemptAt) <= Date.now() + 5_000
}

export function useWebhookWrites() {
  const [client, project] = [useQueryClient(), useProjectKey()]
  const onSettled = () => Promise.all([['webhooks', project], ['webhook-deliveries', project], ['webhook-delivery', project], ['audit', project]].map((queryKey) => client.invalidateQueries({ queryKey })))
  return {
    save: useMutation({
      mutationFn: ({ webhook, setup }: { webhook?: Pick<Webhook, 'id' | 'revision'> | undefined; setup: WebhookSetup }) =>
        webhook ? call(routes.saveWebhook, { params: { project, webhook: webhook.id }, body: { basedOn: webhook.revision, setup } }) : call(routes.createWebhook, { params: { project }, body: setup }),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (webhook: string) => call(routes.deleteWebhook, { params: { project, webhook } }), onSettled }),
    renew: useMutation({ mutationFn: (webhook: string) => call(routes.renewWebhookSecret, { params: { project, webhook } }), onSettled }),
    test: useMutation({ mutationFn: (webhook: string) => call(routes.testWebhook, { params: { project, webhook } }), onSettled }),
    redeliver: useMutation({ mutationFn: ({ webhook, delivery }: { webhook: string; delivery: string }) => call(routes.redeliverWebhook, { params: { project, webhook, delivery } }), onSettled }),
  }
}
