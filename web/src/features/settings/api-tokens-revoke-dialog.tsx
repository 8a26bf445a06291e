import type { ApiToken } from '@assay/server/contract'
import { Button, Modal } from '@mantine/core'
import { ago } from '../../ui/format.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { TypedConfirm } from '../../ui/typed-confirm.tsx'
import { useRevokeApiToken } from './api-tokens-queries.ts'
import { isInUse } from './api-tokens-standing.ts'
import css from './settings-dialog.module.css'

/** Asks as much as is at stake: a token in use has to be typed, another one takes a click. */
export function ApiTokensRevokeDialog({ token, now, onClose }: { token: ApiToken; now: Date; onClose: () => void }) {
  const revoke = useRevokeApiToken()
  const title = `Revoke ${token.name}`
  const end = () => {
    revoke.mutate(token.id, {
      onSuccess: () => { onClose(); toastDone({ title: `${token.name} is revoked`, detail: 'The next request with it is refused.' }) },
      onError: (error) => { toastFailed(`${token.name} still works`, error) },
    })
  }
  if (token.lastUsedAt !== null && isInUse(token, now)) {
    return (
      <TypedConfirm title={title} word={token.prefix} action="Revoke token" busy={revoke.isPending} onConfirm={end} onCancel={onClose}>
        Last used {ago(token.lastUsedAt, now)}. Every program that has this token of {token.person.name} is refused from its next request on. This cannot be undone: to change a token without a gap, make a new one and hand it over first.
      </TypedConfirm>
    )
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <p className="soft">{token.lastUsedAt === null ? 'No program has used it yet.' : `No program has used it since ${ago(token.lastUsedAt, now)}.`} It cannot be brought back.</p>
      <div className={css.actions}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <span className="grow" />
        <Button data-autofocus color="danger" loading={revoke.isPending} onClick={end}>Revoke token</Button>
      </div>
    </Modal>
  )
}
