import { auditKinds, type AuditKind, type Webhook, type WebhookSetup } from '@assay/server/contract'
import { Button, Checkbox, Modal, Radio, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './webhooks-dialog.module.css'
import type { useWebhookWrites } from './webhooks-queries.ts'
import { kindWords } from './webhooks-words.ts'

interface Props {
  /** Undefined makes a new one. */
  webhook?: Webhook
  /** Whether the server takes http and private addresses. */
  anyAddress: boolean
  save: ReturnType<typeof useWebhookWrites>['save']
  onSaved: (name: string, secret: string | null) => void
  onClose: () => void
}

/** Where changes are sent to, and which. */
export function WebhooksDialog({ webhook, anyAddress, save, onSaved, onClose }: Props) {
  const [based, setBased] = useState(webhook)
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [every, setEvery] = useState(webhook?.kinds === null)
  const [kinds, setKinds] = useState<readonly AuditKind[]>(webhook?.kinds ?? ['flag', 'experiment'])
  const [asked, setAsked] = useState(false)
  const missing = { name: name.trim() === '' ? 'Give it a name.' : undefined, url: URL.canParse(url.trim()) ? undefined : 'Give the whole address, such as https://chat.example.com/hooks/assay.', kinds: every || kinds.length > 0 ? undefined : 'Choose at least one kind.' }
  const refused = save.error ? fieldErrors(save.error) : {}
  const errorOf = (field: 'name' | 'url' | 'kinds') => (asked && missing[field] !== undefined ? missing[field] : (refused[field] ?? refused[`setup.${field}`]))
  const conflict = save.error ? conflictOf(save.error) : null
  const refusal = save.error && Object.keys(refused).length === 0 ? messageOf(save.error) : null
  const moves = based !== undefined && url.trim() !== based.url

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (Object.values(missing).some((issue) => issue !== undefined)) return
    const setup: WebhookSetup = { name: name.trim(), url: url.trim(), kinds: every ? null : [...kinds], enabled: based?.enabled ?? true }
    save.mutate({ webhook: based, setup }, { onSuccess: (saved) => { onSaved(saved.webhook.name, saved.secret) } })
  }
  const takeCurrent = (current: Webhook) => {
    setBased(current)
    setName(current.name)
    setUrl(current.url)
    setEvery(current.kinds === null)
    setKinds(current.kinds ?? kinds)
    save.reset()
  }

  return (
    <Modal opened onClose={onClose} title={webhook ? `Edit ${webhook.name}` : 'New webhook'} size={600}>
      <form className={css.form} noValidate onSubmit={submit}>
        {refusal === null ? null : <Notice tone="danger" alert>{refusal}{conflict ? <> <Button variant="default" size="compact-sm" onClick={() => { takeCurrent(conflict.current as Webhook) }}>Start from what stands now</Button></> : null}</Notice>}
        <TextInput data-autofocus label="Name" description="The service that is told." placeholder="Release chat" value={name} error={errorOf('name')} onChange={(event) => { setName(event.currentTarget.value) }} />
        <TextInput label="Address" description={anyAddress ? 'http:// or https://, also in your own network.' : 'https:// on the public internet.'} placeholder="https://chat.example.com/hooks/assay" inputMode="url" autoComplete="off" spellCheck={false} value={url} error={errorOf('url')} onChange={(event) => { setUrl(event.currentTarget.value) }} />
        {moves ? <Notice>Another address gets another secret, which is shown once after saving.</Notice> : null}
        <Radio.Group label="What it hears of" value={every ? 'every' : 'chosen'} onChange={(value) => { setEvery(value === 'every') }}>
          <div className={css.options}>
            <Radio value="every" label="Every change" description="Also kinds that come with later versions." />
            <Radio value="chosen" label="Changes of these kinds" />
          </div>
        </Radio.Group>
        {every ? null : (
          <Checkbox.Group aria-label="Kinds" value={[...kinds]} error={errorOf('kinds')} onChange={(chosen) => { setKinds(auditKinds.filter((kind) => chosen.includes(kind))) }}>
            <div className={css.kinds}>{auditKinds.map((kind) => <Checkbox key={kind} size="xs" value={kind} label={kindWords[kind]} />)}</div>
          </Checkbox.Group>
        )}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" loading={save.isPending}>{webhook ? 'Save' : 'Create webhook'}</Button>
        </div>
      </form>
    </Modal>
  )
}
