import { isChangeDone, type Change, type ChangeSchedule, type Environment, type Targeting } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { cohortsQuery, flagQuery } from '../../api/project-queries.ts'
import { useProject, usePermit } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { Failure } from '../../ui/failure.tsx'
import { KeyTag } from '../../ui/key-tag.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { AboutPanel } from './about-panel.tsx'
import { ApprovalsPanel } from './approvals-panel.tsx'
import { ChangeStatusChip } from './change-status-chip.tsx'
import { asItStands, whyNoApproval } from './change-words.ts'
import { changeQuery, useApply, useReview, useUpdateChange, useWithdraw } from './changes-queries.ts'
import { ConflictPanel } from './conflict-panel.tsx'
import { ConversationPanel } from './conversation-panel.tsx'
import { DiffPanel } from './diff-panel.tsx'
import { headline } from './headline.ts'
import { ImpactPanel } from './impact-panel.tsx'
import { StandPanel } from './stand-panel.tsx'

const ApplySheet = lazy(async () => ({ default: (await import('./apply-sheet.tsx')).ApplySheet }))
const EditSheet = lazy(async () => ({ default: (await import('./edit-sheet.tsx')).EditSheet }))
const WithdrawSheet = lazy(async () => ({ default: (await import('./withdraw-sheet.tsx')).WithdrawSheet }))
const ReviewForm = lazy(async () => ({ default: (await import('./review-form.tsx')).ReviewForm }))

export function ChangePage() {
  const project = useProject()
  const { change: key = '' } = useParams({ strict: false })
  const query = useQuery(changeQuery(project.key, key))
  const change = query.data
  const environment = project.environments.find((known) => known.key === change?.environment)
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Changes', to: `/p/${project.key}/changes` }, { label: key }]} />
      {change && environment ? <ChangeDetail key={change.key} change={asItStands(change)} environment={environment} /> : query.isError ? <Page title={key}><Failure error={query.error} onRetry={() => { void query.refetch() }} /></Page> : <Loading rows={6} />}
    </>
  )
}

const REVIEW = 'your-review'

type Open = 'apply' | 'edit' | 'withdraw'

/** Reads like a pull request: why, who, what it changes, who gets something else, and what others say. */
function ChangeDetail({ change, environment }: { change: Change; environment: Environment }) {
  const project = useProject()
  const me = useMe()
  const mayWrite = usePermit('flag.write')
  const maySpeak = usePermit('change.propose')
  const variants = useQuery(flagQuery(project.key, change.flag)).data?.variants ?? []
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const naming = namingOf(variants, cohorts)
  const review = useReview(project.key, change.key)
  const update = useUpdateChange(project.key, change.key)
  const withdraw = useWithdraw(project.key, change.key)
  const apply = useApply(project.key, change.key)
  const [open, setOpen] = useState<Open>()

  const mine = change.author.id === me.id
  const role = me.projects.find((membership) => membership.key === project.key)?.role
  const close = () => { setOpen(undefined) }
  const show = (what: Open) => {
    for (const mutation of [apply, update, withdraw]) mutation.reset()
    setOpen(what)
  }
  const rebase = (targeting: Targeting) => {
    update.mutate({ revision: change.revision, basedOn: change.divergence.liveRevision, targeting, reason: change.reason, schedule: scheduleOf(change) }, {
      onSuccess: () => { toastDone({ title: `${change.key} stands on revision ${change.divergence.liveRevision} now`, detail: 'Approvals count from here.' }) },
      onError: (error) => { toastFailed('Nothing was chosen', error) },
    })
  }
  const takeBack = (reason: string) => {
    withdraw.mutate(reason, {
      onSuccess: () => {
        close()
        toastDone({ title: `${change.key} is ${mine ? 'withdrawn' : 'turned down'}`, detail: `${change.flagName} stays as it is.` })
      },
    })
  }

  return (
    <Page
      title={headline(change.reason)}
      meta={(
        <>
          <ChangeStatusChip status={change.status} />
          <KeyTag>{change.key}</KeyTag>
          <Link to="/p/$project/flags/$flag/$tab" params={{ project: project.key, flag: change.flag, tab: 'targeting' }} search={{ env: environment.key }}>{change.flagName}</Link>
          <EnvTag name={environment.name} production={environment.production} />
          <span style={{ display: 'inline-flex', gap: 7, alignItems: 'center' }}><Avatar name={change.author.name} size={20} />{change.author.name}</span>
          <span><Ago at={change.createdAt} /></span>
        </>
      )}
    >
      <div className="columns">
        <div>
          <StandPanel change={change} environment={environment} mine={mine} onReview={change.status === 'open' && change.waitsForYou && !mine ? () => { document.getElementById(REVIEW)?.focus() } : null} apply={mayWrite.allowed && !change.may.apply ? { allowed: false, why: 'It cannot be applied as it stands.' } : mayWrite} onApply={() => { show('apply') }} onEdit={() => { show('edit') }} onWithdraw={() => { show('withdraw') }} />
          {change.status === 'conflicted' ? <ConflictPanel key={change.divergence.liveRevision} change={change} naming={naming} mine={mine && change.may.edit} saving={update.isPending || withdraw.isPending} onChoose={rebase} onGiveWay={() => { takeBack('Kept what is live.') }} /> : null}
          <DiffPanel change={change} naming={naming} />
          {isChangeDone(change) ? null : <ImpactPanel change={change} naming={naming} />}
          <ConversationPanel change={change}>
            {isChangeDone(change) ? null : (
              <Suspense><ReviewForm
                id={REVIEW}
                permit={maySpeak}
                noVerdict={whyNoApproval(change, environment.policy, { id: me.id, role })}
                saving={review.isPending}
                error={review.error}
                onSend={(verdict, comment) => review.mutateAsync({ revision: change.revision, verdict, comment })}
              /></Suspense>
            )}
          </ConversationPanel>
        </div>
        <aside aria-label="About this change">
          <ApprovalsPanel change={change} policy={environment.policy} />
          <AboutPanel change={change} environment={environment} />
        </aside>
      </div>
      <Suspense>
        {open === 'apply' ? (
          <ApplySheet
            change={change}
            environment={environment}
            naming={naming}
            saving={apply.isPending}
            error={apply.error}
            onApply={(confirmMoves) => {
              apply.mutate({ revision: change.revision, ...(confirmMoves ? { confirmMoves: true as const } : {}) }, {
                onSuccess: () => {
                  close()
                  toastDone({ title: `${change.flagName}: applied to ${environment.name.toLowerCase()}`, detail: headline(change.reason) })
                },
              })
            }}
            onClose={close}
          />
        ) : null}
        {open === 'edit' ? (
          <EditSheet
            change={change}
            saving={update.isPending}
            error={update.error}
            onSave={(reason, schedule) => {
              update.mutate({ revision: change.revision, basedOn: change.basedOn, targeting: change.proposed, reason, schedule }, {
                onSuccess: () => {
                  close()
                  toastDone({ title: `${change.key} is edited` })
                },
              })
            }}
            onClose={close}
          />
        ) : null}
        {open === 'withdraw' ? <WithdrawSheet change={change} mine={mine} saving={withdraw.isPending} error={withdraw.error} onWithdraw={takeBack} onClose={close} /> : null}
      </Suspense>
    </Page>
  )
}

function scheduleOf({ schedule }: Change): ChangeSchedule | null {
  return schedule === null ? null : { local: schedule.local, timeZone: schedule.timeZone }
}
