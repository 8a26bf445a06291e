import type { SdkKey } from '@assay/server/contract'
import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { dateTime } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { KeySecret } from './key-secret.tsx'
import { overlaps, type Overlap } from './overlaps.ts'
import css from './settings-dialog.module.css'
import { useRotateKey } from './settings-queries.ts'

/** Replaces a key by a new one, which is shown once. How long both work is chosen; without an overlap it has to be typed. */
export function RotateKeyDialog({ old, onClose }: { old: SdkKey; onClose: () => void }) {
  const rotate = useRotateKey()
  const [overlap, setOverlap] = useState<Overlap>(24)
  const [typed, setTyped] = useState('')

  if (rotate.data) {
    const { key, secret, replaced } = rotate.data
    return (
      <Modal opened onClose={onClose} title={`The new key of ${key.name}`} closeOnClickOutside={false} size={640}>
        <KeySecret kind={key.kind} secret={secret} />
        <p className={css.after}>
          {replaced.revokedAt === null && replaced.stopsAt !== null
            ? <>The old key <code>{replaced.prefix}…</code> works until <b>{dateTime(replaced.stopsAt)}</b>, then stops by itself. The list says whether something still uses it.</>
            : <>The old key <code>{replaced.prefix}…</code> has stopped.</>}
        </p>
        <div className={css.actions}><span className="grow" /><Button onClick={onClose}>I have copied it</Button></div>
      </Modal>
    )
  }
  const atOnce = overlap === 0
  const ready = !atOnce || typed === old.prefix
  return (
    <Modal opened onClose={onClose} title={`Rotate ${old.name} in ${old.environment}`} size={540}>
      <form className={css.form} noValidate onSubmit={(event) => { event.preventDefault(); if (ready) rotate.mutate({ id: old.id, overlapHours: overlap }) }}>
        {rotate.error ? <Notice tone="danger" alert>{messageOf(rotate.error)}</Notice> : null}
        <p className="soft">A new key of the same name, kind and environment is made and shown once. Deploy it while the old key, <code>{old.prefix}…</code>, still works.</p>
        <Radio.Group label="The old key works for" value={String(overlap)} onChange={(value) => { const chosen = overlaps.find(({ hours }) => String(hours) === value); if (chosen) setOverlap(chosen.hours) }}>
          <div className={css.options}>
            {overlaps.map(({ hours, label, description }) => <Radio key={hours} value={String(hours)} label={label} description={description} />)}
          </div>
        </Radio.Group>
        {atOnce ? (
          <>
            <Notice tone="danger">Every service that has the old key is refused at once: it goes on with the rules it has, and its events are lost until the new key is there. This cannot be undone.</Notice>
            <TextInput label={<>Type <code>{old.prefix}</code> to rotate without an overlap</>} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => { setTyped(event.currentTarget.value) }} />
          </>
        ) : null}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <span className="grow" />
          <Button type="submit" {...(atOnce ? { color: 'danger' } : {})} disabled={!ready} loading={rotate.isPending}>Rotate key</Button>
        </div>
      </form>
    </Modal>
  )
}
