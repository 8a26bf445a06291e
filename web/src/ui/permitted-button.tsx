import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import type { Permit } from '../api/project.ts'

interface Props extends ButtonProps {
  permit: Permit
  onClick: () => void
  type?: 'button' | 'submit'
  children: ReactNode
}

/** A button that stays visible and focusable for those who may not press it, and says why and what to do. */
export function PermittedButton({ permit, onClick, type = 'button', children, ...rest }: Props) {
  const id = useId()
  if (permit.allowed) return <Button type={type} onClick={onClick} {...rest}>{children}</Button>
  return (
    <Tooltip label={permit.why} multiline w={280}>
      <span>
        <Button {...rest} variant="default" aria-disabled aria-describedby={id} leftSection={<IconLock size={14} />} style={{ color: 'var(--ink-3)', background: 'var(--sunken)', cursor: 'not-allowed' }} onClick={(event) => { event.preventDefault() }}>{children}</Button>
        <span id={id} className="sr">{permit.why}</span>
      </span>
    </Tooltip>
  )
}
