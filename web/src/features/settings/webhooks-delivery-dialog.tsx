import type { Webhook, WebhookAttempt } from '@assay/server/contract'
import { Button, Modal } from '@mantine/core'
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Chip } from '../../ui/chip.tsx'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { Failure } from '../../ui/failure.tsx'
import { dateTime } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './webhooks-delivery-dialog.module.css'
import { deliveryQuery, type useWebhookWrites } from './webhooks-queries.ts'
import { deliveryStanding, laidOut } from './webhooks-words.ts'

interface Props {
  webhook: Webhook
  id: string
  redeliver: ReturnType<typeof useWebhookWrites>['redeliver']
  onClose: () => void
}

/** One message: how it stands, each attempt with its answer, and what was sent. */
export function WebhooksDeliveryDialog({ webhook, id, redeliver, onClose }: Props) {
  const project = useProjectKey()
  const { data: delivery, error, refetch } = useQuery(deliveryQuery(project, webhook.id, id))
  const isQueued = delivery !== undefined && delivery.state === 'waiting' && delivery.attempts === 0
  const canSend = webhook.enabled || delivery?.entry === null
  return (
    <Modal opened onClose={() => { redeliver.reset(); onClose() }} title={delivery?.type ?? 'Delivery'} size={720}>
      {error && !delivery ? <Failure error={error} onRetry={() => { void refetch() }} /> : !delivery ? <Loading rows={4} /> : (
        <div className={css.body}>
          {redeliver.error ? <Notice tone="danger" alert>{messageOf(redeliver.error)}</Notice> : null}
          <dl className={css.facts}>
            <dt>State</dt><dd><Chip tone={deliveryStanding(delivery).tone}>{deliveryStanding(delivery).words}</Chip>{delivery.attempts > 0 && delivery.nextAttemptAt !== null ? ` Again at ${dateTime(delivery.nextAttemptAt)}` : ''}</dd>
            <dt>Queued</dt><dd>{dateTime(delivery.createdAt)}{delivery.entry === null ? ', as a test' : <>, for <Link to="/p/$project/audit" params={{ project }} search={{ entry: delivery.entry }}>entry {delivery.entry} of the audit log</Link></>}</dd>
            <dt>webhook-id</dt><dd><code>{delivery.id}</code></dd>
            {delivery.error === null ? null : <><dt>Why not</dt><dd>{delivery.error}</dd></>}
          </dl>
          <div className={css.actions}>
            <span className="muted">{canSend ? 'The same message under the same id: a receiver that has it can tell.' : `${webhook.name} is off: turn it on to send again.`}</span>
            <span className="grow" />
            <Button variant="default" leftSection={<IconRefresh size={14} />} disabled={!canSend || isQueued} loading={redeliver.isPending} onClick={() => { redeliver.mutate({ webhook: webhook.id, delivery: id }) }}>Send again</Button>
          </div>
          <h3>Attempts</h3>
          {delivery.history.length === 0 ? <p className="muted">{delivery.state === 'waiting' ? 'It is sent within seconds.' : 'It was never sent.'}</p> : <ol className={css.attempts}>{delivery.history.toReversed().map((attempt) => <Attempt key={attempt.at} attempt={attempt} />)}</ol>}
          <CodeBlock label="What was sent, laid out" code={laidOut(delivery.body)} />
        </div>
      )}
    </Modal>
  )
}

function Attempt({ attempt: { at, status, durationMs, error, response } }: { attempt: WebhookAttempt }) {
  return (
    <li>
      <div className={css.attempt}>
        <Chip tone={error === null ? 'win' : 'loss'} icon={error === null ? <IconCheck size={12} /> : <IconX size={12} />}>{status ?? 'No answer'}</Chip>
        <span>{dateTime(at)}</span><span className="muted">{durationMs} ms</span>
      </div>
      {error === null ? null : <p className={css.why}>{error}</p>}
      {response === '' ? null : <pre tabIndex={0} role="region" aria-label={`Answer of ${dateTime(at)}`}>{response}</pre>}
    </li>
  )
}
