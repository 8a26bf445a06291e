import type { DeliveryState, DeliverySummary, Webhook } from '@assay/server/contract'
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Failure } from '../../ui/failure.tsx'
import { dateTime, plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './webhooks-deliveries.module.css'
import { deliveriesQuery, type useWebhookWrites } from './webhooks-queries.ts'
import { deliveryStanding } from './webhooks-words.ts'

const DeliveryDialog = lazy(async () => ({ default: (await import('./webhooks-delivery-dialog.tsx')).WebhooksDeliveryDialog }))

const states = [{ value: 'all', label: 'All' }, { value: 'waiting', label: 'Waiting' }, { value: 'failed', label: 'Failed' }, { value: 'delivered', label: 'Delivered' }]

interface Props {
  webhook: Webhook
  redeliver: ReturnType<typeof useWebhookWrites>['redeliver']
  onTest: () => void
}

/** What was sent to a webhook in the last two weeks. */
export function WebhooksDeliveries({ webhook, redeliver, onTest }: Props) {
  const project = useProjectKey()
  const [state, setState] = useState('all')
  const [shown, setShown] = useState<string>()
  const list = useInfiniteQuery(deliveriesQuery(project, webhook.id, state === 'all' ? undefined : (state as DeliveryState)))
  const deliveries = list.data?.pages.flatMap((page) => page.deliveries) ?? []
  return (
    <Panel padded={false} title={`Deliveries of ${webhook.name}`} aside={<SegmentedControl size="xs" aria-label="State" data={states} value={state} onChange={setState} />}>
      {list.error && !list.data ? <Failure error={list.error} onRetry={() => { void list.refetch() }} /> : list.isPending ? <div className={css.none}><Loading rows={3} /></div> : deliveries.length === 0 ? (
        <p className={css.none}>{state === 'all' ? <>Nothing was sent in the last two weeks. <Button variant="default" size="compact-sm" onClick={onTest}>Send a test</Button></> : 'No delivery of this state.'}</p>
      ) : (
        <>
          <div className={css.scroll} tabIndex={0} role="region" aria-label={`Deliveries of ${webhook.name}, newest first`}>
            <table className="table">
              <thead><tr><th scope="col">Message</th><th scope="col">State</th><th scope="col">Answer</th><th scope="col">Sent</th><th scope="col"><span className="sr">Actions</span></th></tr></thead>
              <tbody>{deliveries.map((delivery) => <Row key={delivery.id} delivery={delivery} onOpen={() => { setShown(delivery.id) }} />)}</tbody>
            </table>
          </div>
          {list.hasNextPage ? <p className={css.more}><Button variant="default" size="compact-sm" loading={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage() }}>Load more</Button></p> : null}
        </>
      )}
      <Suspense>{shown === undefined ? null : <DeliveryDialog webhook={webhook} id={shown} redeliver={redeliver} onClose={() => { setShown(undefined) }} />}</Suspense>
    </Panel>
  )
}

function Row({ delivery, onOpen }: { delivery: DeliverySummary; onOpen: () => void }) {
  const { type, entry, attempts, lastAttempt, nextAttemptAt, createdAt, error } = delivery
  const { tone, words } = deliveryStanding(delivery)
  return (
    <tr>
      <td className={css.type}><code>{type}</code><small>{entry === null ? 'A test' : `Entry ${entry} of the audit log`}</small></td>
      <td className={css.state}><Chip tone={tone}>{words}</Chip>{attempts > 0 && nextAttemptAt !== null ? <small>Again at {dateTime(nextAttemptAt)}</small> : null}</td>
      <td className={css.answer}>{lastAttempt === null ? <span className="muted">{error ?? 'Not sent yet'}</span> : <>{lastAttempt.status ?? 'None'} <span className="muted">in {lastAttempt.durationMs} ms</span>{error === null ? null : <small>{error}</small>}</>}</td>
      <td className={css.time}><Ago at={lastAttempt?.at ?? createdAt} />{attempts > 1 ? <small>{plural(attempts, 'attempt')}</small> : null}</td>
      <td className="right"><Button variant="default" size="compact-sm" aria-label={`Show ${type}${entry === null ? '' : ` of entry ${entry}`}`} onClick={onOpen}>Show</Button></td>
    </tr>
  )
}
