import { Button } from '@mantine/core'
import { IconAlertTriangle, IconMapQuestion } from '@tabler/icons-react'
import { ApiError } from '../api/client.ts'
import { Empty } from './empty.tsx'
import { messageOf } from './message-of.ts'

/** A part of a page that could not be loaded: what happened, and the way on. What is not there does not come by asking again. */
export function Failure({ error, onRetry, retry = 'Try again' }: { error: unknown; onRetry?: () => void; retry?: string }) {
  const missing = error instanceof ApiError && error.code === 'not_found'
  return (
    <div role="alert">
      {missing ? (
        <Empty icon={<IconMapQuestion size={28} stroke={1.6} />} title="Not found" action={<Button variant="default" onClick={() => { history.back() }}>Go back</Button>}>
          {messageOf(error)} Perhaps it was deleted, or the address is mistyped.
        </Empty>
      ) : (
        <Empty icon={<IconAlertTriangle size={28} stroke={1.6} />} title="This could not be loaded" action={onRetry ? <Button variant="default" onClick={onRetry}>{retry}</Button> : undefined}>
          {messageOf(error)}
        </Empty>
      )}
    </div>
  )
}
