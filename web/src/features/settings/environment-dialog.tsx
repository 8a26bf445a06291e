import { allows, roles, type Environment } from '@assay/server/contract'
import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../../api/field-errors.ts'
import { membersQuery } from '../../api/project-queries.ts'
import { roleName, useProjectKey } from '../../api/project.ts'
import { ConflictDialog } from '../../ui/conflict/conflict-dialog.tsx'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { policyText } from '../../ui/policy-text.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { toastDone } from '../../ui/toast.tsx'
import css from './environment-dialog.module.css'
import { environmentConsequences, tooFewApprovers } from './policy-words.ts'
import { useUpdateEnvironment } from './settings-queries.ts'
import { useMergedSave } from './use-merged-save.ts'

const MOST_APPROVALS = 5

/** Roles that may review at all. */
const reviewers = roles.filter((role) => allows(role, 'change.propose'))

/** Name, mark and policy of an environment, with what saving them does to those who work in it. */
export function EnvironmentDialog({ environment, onClose }: { environment: Environment; onClose: () => void }) {
  const members = useQuery(membersQuery(useProjectKey())).data?.members
  const update = useUpdateEnvironment()
  const [name, setName] = useState(environment.name)
  const [production, setProduction] = useState(environment.production)
  const [policy, setPolicy] = useState(environment.policy)
  const [ofrepExtras, setOfrepExtras] = useState(environment.ofrepExtras)
  const edit = useMergedSave<Settings>({ fields: ['name', 'production', 'policy', 'ofrepExtras'], write: (basedOn, values) => update.mutateAsync({ environment: environment.key, body: { basedOn, ...values } }), read: (current) => settingsOf(current as Environment) })
  const done = (saved: boolean) => {
    if (!saved) return
    toastDone({ title: `${name.trim()} is changed`, detail: 'Nobody gets anything else by it.' })
    onClose()
  }
  const fields = fieldErrors(update.error)
  const consequences = environmentConsequences(environment, { name, production, policy })
  const fewApprovers = members === undefined ? null : tooFewApprovers(policy, members)
  const noApprover = policy.approvers.length === 0
  const reviewed = policy.approvals > 0
  const ready = name.trim() !== '' && !noApprover
  return (
    <Sheet onClose={onClose} size={600} title={`Change ${environment.name}`} production={environment.production || production}>
      <form
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          void edit.save(settingsOf(environment), { name: name.trim(), production, policy, ofrepExtras }, environment.revision).then(done)
        }}
      >
        <TextInput data-autofocus label="Name" value={name} error={name.trim() === '' ? 'Give it a name.' : fields['name']} onChange={(event) => { setName(event.currentTarget.value) }} />
        <Checkbox label="This is production" description="Real customers meet what is served here." checked={production} onChange={(event) => { setProduction(event.currentTarget.checked) }} />
        <fieldset className={css.policy}>
          <legend>What a change needs</legend>
          <NumberInput className={css.approvals ?? ''} label="Approvals" description="Of people other than the author; 0 for none." min={0} max={MOST_APPROVALS} allowDecimal={false} clampBehavior="strict" value={policy.approvals} error={fields['policy.approvals']} onChange={(value) => { setPolicy({ ...policy, approvals: Math.min(MOST_APPROVALS, Math.max(0, Math.floor(Number(value) || 0))) }) }} />
          <Checkbox.Group label="Who may approve" description={reviewed ? undefined : 'Also for what somebody proposes who may not change flags alone.'} value={policy.approvers} error={noApprover ? 'Name at least one role that may approve.' : fields['policy.approvers']} onChange={(chosen) => { setPolicy({ ...policy, approvers: roles.filter((role) => chosen.includes(role)) }) }}>
            <div className={css.roles}>{reviewers.map((role) => <Checkbox key={role} value={role} label={roleName(role)} />)}</div>
          </Checkbox.Group>
          <Checkbox label="Ask for a reason" description={reviewed ? 'A change that is reviewed always has one.' : 'Whoever saves a change here says why.'} checked={policy.requireReason || reviewed} disabled={reviewed} onChange={(event) => { setPolicy({ ...policy, requireReason: event.currentTarget.checked }) }} />
          <p className="muted">Turning a flag off never waits for any of this.</p>
        </fieldset>
        <Checkbox label="Full answers to OFREP clients" description="Bulk answers name the set of flags and the stream of changes beside the flags. Turn it off for clients that refuse members they do not know; they poll instead." checked={ofrepExtras} onChange={(event) => { setOfrepExtras(event.currentTarget.checked) }} />
        {fewApprovers === null ? null : <Notice tone="warn">{fewApprovers}</Notice>}
        {consequences.length === 0 ? null : <div className={css.consequences} role="status"><b>What this changes</b><ul>{consequences.map((point) => <li key={point}>{point}</li>)}</ul></div>}
        {update.error && conflictOf(update.error) === null && Object.keys(fields).length === 0 ? <Notice tone="danger" alert>Not saved. {messageOf(update.error)}</Notice> : null}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" disabled={!ready} loading={update.isPending}>Save {environment.name.toLowerCase()}</Button>
        </div>
      </form>
      {edit.clash === null ? null : (
        <ConflictDialog
          what={`the environment ${environment.name}`}
          changedBy={edit.clash.conflict.changedBy}
          changedAt={edit.clash.conflict.changedAt}
          clashes={edit.clash.fields.map((field) => ({ field, label: labels[field], was: shown(field, edit.clash?.was), theirs: shown(field, edit.clash?.theirs), mine: shown(field, edit.clash?.mine) }))}
          saving={update.isPending}
          onCancel={edit.cancelClash}
          onResolve={(kept) => { void edit.resolve(kept).then(done) }}
        />
      )}
    </Sheet>
  )
}

type Settings = Pick<Environment, 'name' | 'production' | 'policy' | 'ofrepExtras'>

const labels: Record<keyof Settings, string> = { name: 'Name', production: 'Production', policy: 'What a change needs', ofrepExtras: 'Full answers to OFREP clients' }

function settingsOf({ name, production, policy, ofrepExtras }: Settings): Settings {
  return { name, production, policy, ofrepExtras }
}

function shown(field: keyof Settings, settings: Settings | undefined): string {
  if (!settings) return ''
  if (field === 'policy') return policyText(settings.policy)
  return field === 'name' ? settings.name : settings[field] ? 'Yes' : 'No'
}
