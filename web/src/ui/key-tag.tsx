import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import css from './key-tag.module.css'

/** A key or id with a button that copies it. */
export function KeyTag({ children }: { children: string }) {
  return (
    <span className={css.tag}>
      <code>{children}</code>
      <CopyButton value={children}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon size={24} aria-label={`Copy ${children}`} onClick={copy}>{copied ? <IconCheck size={13} /> : <IconCopy size={13} />}</ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  )
}
