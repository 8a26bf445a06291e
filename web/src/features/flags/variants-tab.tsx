import { Button, Switch, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type FlagDetail, type Overlap, sameValue } from '@assay/server/contract'
import { ApiError } from '../../api/client.ts'
import { flagQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { recordChanges } from '../../ui/changes/record-changes.ts'
import { plural } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { ConflictSheet } from './conflict-sheet.tsx'
import { definitionOf, liveEnvironments, measuredVariants, mergeDefinition, type Definition } from './definition.ts'
import { useUpdateFlag } from './flags-queries.ts'
import { ReviewSheet } from './review-sheet.tsx'
import { SaveBar } from './save-bar.tsx'
import { VariantFields } from './variant-fields.tsx'
import { rowProblems, rowsOf, variantsOf } from './variant-rows.ts'
import css from './variants-tab.module.css'

interface Version {
  revision: number
  definition: Definition
}

interface Conflict {
  live: Version
  overlaps: Overlap[]
  changedBy: string
}

/** What the flag is in every environment: its name, why it exists, and the values it can have. */
export function VariantsTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const me = useMe()
  const permit = usePermit('flag.write')
  const client = useQueryClient()
  const update = useUpdateFlag(project.key, flag.key)
  const [base, setBase] = useState<Version>(() => ({ revision: flag.revision, definition: definitionOf(flag) }))
  const [fields, setFields] = useState(() => fieldsOf(flag.type, definitionOf(flag)))
  const [reviewing, setReviewing] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const definition: Definition = { name: fields.name.trim(), description: fields.description.trim(), clientVisible: fields.clientVisible, variants: variantsOf(fields.rows, flag.type) }
  const problems = rowProblems(fields.rows, flag.type)
  const problem = definition.name === '' ? 'Give it a name.' : problems.size > 0 ? `${plural(problems.size, 'variant')} cannot be saved yet.` : undefined
  const dirty = problems.size > 0 || !sameValue(base.definition, definition)
  const changes = recordChanges({ ...base.definition }, { ...definition }, (key) => key)
  const values = changes.filter(({ subject }) => subject === 'Variant')
  const live = liveEnvironments(flag, project.environments.filter(({ production }) => production).map(({ key }) => key))
  const [first] = changes
  const naming = namingOf(definition.variants)

  const startFrom = (version: Version, shown: Definition) => {
    setBase(version)
    setFields(fieldsOf(flag.type, shown))
  }
  const save = (reason: string | undefined, from: Version = base, next: Definition = definition) => {
    update.mutate({ basedOn: from.revision, ...next, ...(reason === undefined ? {} : { reason }) }, {
      onSuccess: (saved) => {
        startFrom({ revision: saved.revision, definition: definitionOf(saved) }, definitionOf(saved))
        setReviewing(false)
        toastDone({ title: `${saved.name}: saved`, detail: first ? `${first.subject}${first.name === undefined ? '' : ` ${first.name}`}: ${first.words}` : 'In every environment' })
      },
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'revision_conflict') settle(reason, error)
        else toastFailed('Not saved. Nothing has changed, and your edit is kept here', error)
      },
    })
  }
  const settle = (reason: string | undefined, error: ApiError) => {
    client.fetchQuery({ ...flagQuery(project.key, flag.key), staleTime: 0 }).then((detail) => {
      const now = { revision: detail.revision, definition: definitionOf(detail) }
      const merged = mergeDefinition(base.definition, now.definition, definition)
      if (merged.overlaps.length > 0) {
        setConflict({ live: now, overlaps: merged.overlaps, changedBy: changedBy(error.details) })
        return
      }
      startFrom(now, merged.definition)
      save(reason, now, merged.definition)
    }, (failure: unknown) => { toastFailed('Not saved. Nothing has changed, and your edit is kept here', failure) })
  }
  const choose = (prefer: 'live' | 'yours') => {
    if (!conflict) return
    const merged = mergeDefinition(base.definition, conflict.live.definition, definition, prefer).definition
    startFrom(conflict.live, merged)
    setConflict(null)
    setReviewing(false)
  }

  return (
    <>
      {permit.allowed ? null : <div className={css.note}><Notice><b>You may look, not change.</b> {permit.why}</Notice></div>}
      <Panel title="Variants" aside={<span className="muted">{flag.type} values, the same in every environment</span>}>
        <VariantFields type={flag.type} rows={fields.rows} onChange={(rows) => { setFields({ ...fields, rows }) }} disabled={!permit.allowed} measuredBy={measuredVariants(flag)} />
      </Panel>
      <Panel title="About">
        {permit.allowed ? (
          <div className={css.about}>
            <TextInput label="Name" value={fields.name} onChange={(event) => { setFields({ ...fields, name: event.currentTarget.value }) }} maxLength={200} />
            <Textarea label="Why this flag exists" description="For whoever meets it in the code in a year" value={fields.description} onChange={(event) => { setFields({ ...fields, description: event.currentTarget.value }) }} maxLength={4000} />
            <Switch label="Seen by client keys" description="Browsers and apps may evaluate it. Its rules never leave the server." checked={fields.clientVisible} onChange={(event) => { setFields({ ...fields, clientVisible: event.currentTarget.checked }) }} />
          </div>
        ) : (
          <div className={css.about}>
            <p>{flag.description === '' ? 'Nobody has said yet why it exists.' : flag.description}</p>
            <p className="soft">{flag.clientVisible ? 'Client keys may evaluate it.' : 'Only server keys may evaluate it.'}</p>
          </div>
        )}
      </Panel>
      {dirty ? (
        <SaveBar changes={Math.max(1, changes.length)} words={first ? `${first.subject}: ${first.words}` : ''} problem={problem} onDiscard={() => { setFields(fieldsOf(flag.type, base.definition)) }}>
          <Button disabled={problem !== undefined} loading={update.isPending && !reviewing} onClick={() => { if (live.length > 0 && values.length > 0) setReviewing(true); else save(undefined) }}>{live.length > 0 && values.length > 0 ? 'Review changes' : 'Save'}</Button>
        </SaveBar>
      ) : null}
      {reviewing && dirty && !conflict ? (
        <ReviewSheet project={project.key} flag={flag.key} environment="every environment" changes={changes} naming={naming} rises={[]} running={[]} mergedFrom={null} saving={update.isPending} onApply={save} onClose={() => { setReviewing(false) }} />
      ) : null}
      {conflict ? <ConflictSheet where="Flag" production={live.length > 0} overlaps={conflict.overlaps} changedBy={conflict.changedBy} me={me.name} naming={naming} onChoose={choose} onClose={() => { setConflict(null) }} /> : null}
    </>
  )
}

function fieldsOf(type: FlagDetail['type'], { name, description, clientVisible, variants }: Definition) {
  return { name, description, clientVisible, rows: rowsOf(type, variants) }
}

function changedBy(details: unknown): string {
  return typeof details === 'object' && details !== null && 'changedBy' in details && typeof details.changedBy === 'string' ? details.changedBy : 'Somebody else'
}
