import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { Notice } from './notice.tsx'
import css from './secret-once.module.css'

/** A secret that the server tells once. */
export function SecretOnce({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  const id = useId()
  return (
    <div className={css.once}>
      <Notice tone="warn">{children}</Notice>
      <div>
        <span id={id} className={css.label}>{label}</span>
        <div className={css.secret}>
          <code aria-labelledby={id} role="textbox" aria-readonly tabIndex={0}>{value}</code>
          <CopyButton value={value}>
            {({ copied, copy }) => <Button variant="default" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
          </CopyButton>
        </div>
      </div>
    </div>
  )
}
