import { Button, Modal } from '@mantine/core'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import css from './settings-dialog.module.css'
import { verifySnippet } from './webhooks-verify-snippet.ts'

/** The secret of a webhook, shown once, with the code that checks by it. */
export function WebhooksSecretDialog({ name, secret, renewed, onClose }: { name: string; secret: string; renewed: boolean; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`Secret of ${name}`} closeOnClickOutside={false} size={680}>
      <div className={css.once}>
        <SecretOnce label="The secret" value={secret}>
          Copy the secret now and give it to the service that receives: it checks by it that a message comes from here. It is not shown again.{renewed ? ' The old secret signs beside it for a day.' : ''} Its form is that of Standard Webhooks.
        </SecretOnce>
        <CodeBlock label="Checking the signature in Node" code={verifySnippet} />
        <div className={css.actions}><span className="grow" /><Button onClick={onClose}>I have copied it</Button></div>
      </div>
    </Modal>
  )
}
