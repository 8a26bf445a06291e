import type { SdkKey } from '@assay/server/contract'
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { SecretOnce } from '../../ui/secret-once.tsx'
import css from './key-secret.module.css'
import { keySnippet } from './key-snippet.ts'

/** A key that was just made: shown this once, with code that has it filled in. */
export function KeySecret({ kind, secret }: { kind: SdkKey['kind']; secret: string }) {
  const snippet = keySnippet(kind, window.location.origin, secret)
  return (
    <>
      <SecretOnce label="The key" value={secret}>
        Copy the key now and put it where your service keeps its secrets. It is not stored here and is not shown again.
      </SecretOnce>
      <div className={css.snippet}>
        <div className={css.head}>
          <span>{kind === 'server' ? 'In a Node service' : 'In a browser or an app'}</span>
          <CopyButton value={snippet}>
            {({ copied, copy }) => <Button variant="default" size="compact-sm" leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />} onClick={copy}>{copied ? 'Copied' : 'Copy code'}</Button>}
          </CopyButton>
        </div>
        <pre tabIndex={0} aria-label="Code with the key filled in"><code>{snippet}</code></pre>
      </div>
    </>
  )
}
