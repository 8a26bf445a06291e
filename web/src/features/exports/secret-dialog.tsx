import { Button, Modal } from '@mantine/core'
import { SecretOnce } from '../../ui/secret-once.tsx'
import css from './schedule-dialog.module.css'

/** The secret of a webhook, shown once. */
export function SecretDialog({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`Secret of ${name}`} closeOnClickOutside={false} size={640}>
      <SecretOnce label="The secret" value={secret}>
        Copy the secret now and give it to the service that receives the files: it checks by it that they come from here. It is not shown again. Its form is that of Standard Webhooks.
      </SecretOnce>
      <div className={css.actions}><span className="grow" /><Button onClick={onClose}>I have copied it</Button></div>
    </Modal>
  )
}
