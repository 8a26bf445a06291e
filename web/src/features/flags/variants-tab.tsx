import { Button } from '@mantine/core'
import { useState } from 'react'
import { sameValue, type FlagDetail } from '@assay/server/contract'
import { usePermit, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { recordChanges } from '../../ui/changes/record-changes.ts'
import { plural } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { toastDone } from '../../ui/toast.tsx'
import { ConflictSheet } from './conflict-sheet.tsx'
import { liveEnvironments, measuredVariants } from './definition.ts'
import { ReviewSheet } from './review-sheet.tsx'
import { SaveBar } from './save-bar.tsx'
import { useDefinitionSave, versionOf } from './use-definition-save.ts'
import { VariantFields } from './variant-fields.tsx'
import { rowProblems, rowsOf, variantsOf } from './variant-rows.ts'
import css from './variants-tab.module.css'

/** The values that the flag can have, the same in every environment. */
export function VariantsTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const me = useMe()
  const permit = usePermit('flag.write')
  const [base, setBase] = useState(() => versionOf(flag))
  const [rows, setRows] = useState(() => rowsOf(flag.type, flag.variants))
  const [reviewing, setReviewing] = useState(false)

  const definition = { ...base.definition, variants: variantsOf(rows, flag.type) }
  const problems = rowProblems(rows, flag.type)
  const problem = problems.size > 0 ? `${plural(problems.size, 'variant')} cannot be saved yet.` : undefined
  const dirty = problems.size > 0 || !sameValue(base.definition.variants, definition.variants)
  // Nothing was edited here, so what somebody else saved is simply shown.
  if (!dirty && flag.revision > base.revision) {
    setBase(versionOf(flag))
    setRows(rowsOf(flag.type, flag.variants))
  }
  const changes = recordChanges({ variants: base.definition.variants }, { variants: definition.variants }, (key) => key)
  const live = liveEnvironments(flag, project.environments.filter(({ production, policy }) => production || policy.requireReason).map(({ key }) => key))
  const [first] = changes
  const naming = namingOf(definition.variants)
  const mayEdit = permit.allowed && flag.archivedAt === null

  const saving = useDefinitionSave(flag.key, (saved) => {
    setBase(versionOf(saved))
    setRows(rowsOf(saved.type, saved.variants))
    setReviewing(false)
    toastDone({ title: `${saved.name}: saved`, detail: first ? `${first.subject}${first.name === undefined ? '' : ` ${first.name}`}: ${first.words}` : 'In every environment' })
  })

  return (
    <>
      {permit.allowed ? null : <div className={css.note}><Notice><b>You may look, not change.</b> {permit.why}</Notice></div>}
      <Panel title="Variants" aside={<span className="muted">{flag.type} values, the same in every environment</span>}>
        <VariantFields type={flag.type} rows={rows} onChange={setRows} disabled={!mayEdit} measuredBy={measuredVariants(flag)} />
      </Panel>
      {dirty ? (
        <SaveBar changes={Math.max(1, changes.length)} words={first ? `${first.subject}: ${first.words}` : ''} problem={problem} onDiscard={() => { setRows(rowsOf(flag.type, base.definition.variants)) }}>
          <Button disabled={problem !== undefined} loading={saving.saving && !reviewing} onClick={() => { if (live.length > 0) setReviewing(true); else saving.save(base, definition) }}>{live.length > 0 ? 'Review changes' : 'Save'}</Button>
        </SaveBar>
      ) : null}
      {reviewing && dirty && !saving.conflict ? (
        <ReviewSheet
          title="Apply to every environment"
          production
          changes={changes}
          naming={naming}
          notes={<Notice tone="warn">The flag is on in {live.join(' and ')}: people there get the new values at once.</Notice>}
          reasonNeeded
          action="Apply everywhere"
          saving={saving.saving}
          onApply={(reason) => { saving.save(base, definition, reason) }}
          onClose={() => { setReviewing(false) }}
        />
      ) : null}
      {saving.conflict ? <ConflictSheet where="Flag" production={live.length > 0} overlaps={saving.conflict.overlaps} changedBy={saving.conflict.changedBy} me={me.name} naming={naming} onChoose={saving.choose} onClose={saving.dismiss} /> : null}
    </>
  )
}
