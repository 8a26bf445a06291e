import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import css from './code-block.module.css'
import { highlight } from './highlight.ts'

/** A sample to read and to copy. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <figure className={css.block}>
      <figcaption>
        <span>{label}</span>
        <CopyButton value={code}>
          {({ copied, copy }) => <Button variant="default" size="compact-sm" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />} aria-label={`Copy ${label}`} onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
        </CopyButton>
      </figcaption>
      <pre tabIndex={0} role="region" aria-label={label}><code>{highlight(code).map(({ kind, text }, index) => (kind === 'plain' ? text : <span key={index} className={css[kind]}>{text}</span>))}</code></pre>
    </figure>
  )
}
