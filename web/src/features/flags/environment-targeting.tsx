import { Button } from '@mantine/core'
import { IconLink, IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { type Environment, type FlagDetail, type FlagEnvironment, type Layer, sameValue } from '@assay/server/contract'
import { usePermit, useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import type { CohortOption } from '../../ui/condition/cohort-row.tsx'
import { plural } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { runningIn } from './environment-summary.ts'
import type { TargetingEdit } from './edit-targeting.ts'
import { FallthroughCard } from './fallthrough-card.tsx'
import { isDirty } from './draft.ts'
import { NeedsCard } from './needs-card.tsx'
import { OffLine } from './off-line.tsx'
import { randomId } from './random-id.ts'
import { RuleCard } from './rule-card.tsx'
import { ruleLock } from './rule-lock.ts'
import css from './rules.module.css'
import { SaveBar } from './save-bar.tsx'
import { waysOf, type Way } from './save-ways.ts'
import { StatusLine } from './status-line.tsx'
import type { TargetingContext } from './targeting-context.ts'
import { targetingProblems } from './targeting-problems.ts'
import { useTargetingDraft } from './use-targeting-draft.ts'
import { useTargetingSave } from './use-targeting-save.ts'

const ConflictSheet = lazy(async () => ({ default: (await import('./conflict-sheet.tsx')).ConflictSheet }))
const SaveWays = lazy(async () => ({ default: (await import('./save-ways-menu.tsx')).SaveWays }))
const TargetingReview = lazy(async () => ({ default: (await import('./targeting-review.tsx')).TargetingReview }))

interface Props {
  flag: FlagDetail
  environment: Environment
  state: FlagEnvironment
  cohorts: readonly CohortOption[]
  layers: readonly Layer[]
  naming: Naming
}

/** What a flag does in one environment: an ordered list of rules, edited as one document. */
export function EnvironmentTargeting({ flag, environment, state, cohorts, layers, naming }: Props) {
  const project = useProject()
  const me = useMe()
  const permit = usePermit('flag.write')
  const proposes = usePermit('change.propose')
  const place = { project: project.key, flag: flag.key, environment: environment.key }
  const [draft, dispatch] = useTargetingDraft(place, state)
  const [editing, setEditing] = useState<string | null>(null)
  const [reviewing, setReviewing] = useState<Way | null>(null)
  const [tried, setTried] = useState(false)

  const { base, targeting, mergedFrom } = draft
  const dirty = isDirty(draft)
  const changes = targetingChanges(base.targeting, targeting, naming)
  const [first] = changes
  const words = first ? `${first.subject}: ${first.words}${changes.length > 1 ? `, and ${changes.length - 1} more` : ''}` : ''
  const problems = targetingProblems(targeting)
  const behind = state.revision > base.revision
  const running = runningIn(flag, environment.key).map(({ key }) => key)
  const saving = useTargetingSave({ place, name: flag.name, environment, draft, dispatch, words, onSaved: () => { setReviewing(null); setEditing(null) }, onAsked: () => { setReviewing((way) => way ?? 'now') } })
  const context: TargetingContext = { project: project.key, flag: flag.key, environment: environment.key, layers, variants: flag.variants, offVariant: targeting.offVariant, unitTypes: project.unitTypes.map(({ key }) => key), cohorts, naming, mayEdit: (permit.allowed || proposes.allowed) && flag.archivedAt === null }

  const edit = (change: TargetingEdit) => { dispatch({ type: 'edit', edit: change }) }
  const addRule = () => {
    const id = randomId()
    const variant = flag.variants.find(({ key }) => key !== targeting.offVariant) ?? flag.variants[0]
    if (!variant) return
    edit({ type: 'add-rule', rule: { id, name: '', serve: { variant: variant.key } } })
    setEditing(id)
  }
  const ways = waysOf(environment.policy.approvals > 0, { write: permit.allowed, propose: proposes.allowed, bypass: false })
  const [usual = 'ask'] = ways
  const direct = usual === 'now' && !environment.production && !environment.policy.requireReason
  const goOn = (way: Way) => {
    const [problem] = problems
    setTried(true)
    if (problem) setEditing(problem.at)
    else if (way === 'now' && direct) saving.save({})
    else setReviewing(way)
  }
  const discard = () => {
    dispatch({ type: 'discard' })
    setEditing(null)
    setTried(false)
  }
  const only = (id: string) => (open: boolean) => { setEditing(open ? id : null) }

  return (
    <>
      {flag.archivedAt === null ? <StatusLine place={place} name={flag.name} environment={environment} state={state} running={running} naming={naming} /> : <div style={{ marginTop: 14 }} />}
      {behind ? <div style={{ marginBottom: 12 }}><Notice tone="warn"><b>{state.changedBy} changed this while you were editing,</b> in the same place as you. Saving lets you choose.</Notice></div> : null}
      {permit.allowed ? null : <div style={{ marginBottom: 12 }}><Notice>{proposes.allowed ? <><b>You may propose changes, not apply them.</b> Edit what you would change, and ask for a review.</> : <><b>You may look, not change.</b> {permit.why}</>}</Notice></div>}
      <ol className={css.rules} aria-label="Targeting, first match wins">
        <NeedsCard prerequisites={targeting.prerequisites} edited={!sameValue(base.targeting.prerequisites, targeting.prerequisites)} flag={flag.key} mayEdit={context.mayEdit} editing={editing === 'needs'} onEditing={only('needs')} onEdit={edit} />
        {targeting.rules.map((rule, index) => {
          const live = base.targeting.rules.find(({ id }) => id === rule.id)
          return (
            <RuleCard
              key={rule.id}
              rule={rule}
              index={index}
              count={targeting.rules.length}
              live={live}
              lock={ruleLock(rule, flag.experiments, environment.key)}
              state={!live ? 'new' : sameValue(live, rule) ? 'same' : 'edited'}
              editing={editing === rule.id}
              onEditing={only(rule.id)}
              onEdit={edit}
              context={context}
            />
          )
        })}
        <FallthroughCard serve={targeting.fallthrough} live={base.targeting.fallthrough} edited={!sameValue(base.targeting.fallthrough, targeting.fallthrough)} hasRules={targeting.rules.length > 0} editing={editing === 'fallthrough'} onEditing={only('fallthrough')} onChange={(serve) => { edit({ type: 'set-fallthrough', serve }) }} context={context} />
      </ol>
      {context.mayEdit ? (
        <div className={css.add}>
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={addRule}>Add a rule</Button>
          {targeting.prerequisites.length === 0 && editing !== 'needs' ? <Button variant="subtle" leftSection={<IconLink size={15} />} onClick={() => { setEditing('needs') }}>Need another flag</Button> : null}
        </div>
      ) : null}
      <OffLine variant={targeting.offVariant} onChange={(variant) => { edit({ type: 'set-off-variant', variant }) }} context={context} />

      {dirty ? (
        <SaveBar environment={environment} changes={changes.length} words={words} problem={tried ? problems[0]?.message : undefined} onDiscard={discard}>
          <Button.Group>
            <Button onClick={() => { goOn(usual) }} loading={saving.saving && !reviewing}>{usual === 'ask' ? 'Ask for a review' : direct ? 'Save' : `Review ${changes.length === 1 ? 'change' : 'changes'}`}</Button>
            <Suspense><SaveWays mayAsk={usual !== 'ask'} onChoose={goOn} /></Suspense>
          </Button.Group>
        </SaveBar>
      ) : null}
      {reviewing && dirty && !saving.conflict ? (
        <Suspense><TargetingReview place={place} environment={environment} base={base} targeting={targeting} naming={naming} running={running} mergedFrom={mergedFrom} startWith={reviewing} saving={saving.saving} refused={saving.refused} onApply={saving.save} onProposed={() => { setReviewing(null); discard() }} onClose={() => { setReviewing(null) }} /></Suspense>
      ) : null}
      {saving.conflict ? (
        <Suspense><ConflictSheet where={environment.name} production={environment.production} overlaps={saving.conflict.overlaps} changedBy={saving.conflict.version.changedBy} me={me.name} naming={naming} onChoose={(prefer) => { setReviewing(saving.choose(prefer) && environment.production ? 'now' : null) }} onClose={() => { setReviewing(null); saving.dismiss() }} /></Suspense>
      ) : null}
      <p className="sr" role="status">{dirty ? `${plural(changes.length, 'unsaved change')}` : ''}</p>
    </>
  )
}
