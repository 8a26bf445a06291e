import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Empty } from './empty.tsx'
import { messageOf } from './message-of.ts'

/** A part of a page that could not be loaded: what happened, and the way on. */
export function Failure({ error, onRetry, retry = 'Try again' }: { error: unknown; onRetry?: () => void; retry?: string }) {
  return (
    <div role="alert">
      <Empty icon={<IconAlertTriangle size={28} stroke={1.6} />} title="This could not be loaded" action={onRetry ? <Button variant="default" onClick={onRetry}>{retry}</Button> : undefined}>
        {messageOf(error)}
      </Empty>
    </div>
  )
}
