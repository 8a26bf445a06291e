import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCircleCheckFilled } from '@tabler/icons-react'
import { messageOf } from './message-of.ts'

interface Done {
  title: string
  detail?: string
  /** Takes the change back; offered for ten seconds. */
  undo?: () => void
  /** @default 'Undo' */
  undoLabel?: string
}

const CLOSE = { 'aria-label': 'Dismiss' }

/** Says that a change was made. */
export function toastDone({ title, detail, undo, undoLabel = 'Undo' }: Done): void {
  const id = notifications.show({
    title,
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
        <span className="grow">{detail}</span>
        {undo ? <Button variant="default" size="compact-sm" onClick={() => { notifications.hide(id); undo() }}>{undoLabel}</Button> : null}
      </span>
    ),
    icon: <IconCircleCheckFilled size={20} color="var(--win)" />,
    color: 'transparent',
    autoClose: undo ? 10_000 : 5000,
    closeButtonProps: CLOSE,
  })
}

/** Says that a change was not made, and why. */
export function toastFailed(title: string, error: unknown): void {
  notifications.show({ title, message: messageOf(error), icon: <IconAlertTriangle size={20} color="var(--danger)" />, color: 'transparent', autoClose: false, role: 'alert', closeButtonProps: CLOSE })
}
