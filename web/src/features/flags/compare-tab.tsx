import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { promoteTargeting, type FlagDetail } from '@assay/server/contract'
import { cohortsQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import { Empty } from '../../ui/empty.tsx'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { ComparedPair } from './compared-pair.tsx'
import { comparedPair } from './compared-environments.ts'
import css from './compare.module.css'
import { environmentSummary, runningIn } from './environment-summary.ts'
import { usePromote } from './flags-queries.ts'
import { isAnswerable } from './save-ways.ts'
import { TargetingReview } from './targeting-review.tsx'

/** What the flag does in two environments, side by side, and the way to bring one's targeting to the other. */
export function CompareTab({ flag }: { flag: FlagDetail }) {
  const project = useProject()
  const permit = usePermit('change.propose')
  const search = useSearch({ from: '/signed-in/p/$project/flags/$flag/$tab' })
  const navigate = useNavigate({ from: '/p/$project/flags/$flag/$tab' })
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const [bringing, setBringing] = useState(false)
  const pair = comparedPair(project.environments, search.from, search.to)
  const stateOf = (environment: string | undefined) => flag.environments.find((state) => state.environment === environment)
  const [left, right] = [stateOf(pair?.from.key), stateOf(pair?.to.key)]
  const promote = usePromote({ project: project.key, flag: flag.key, environment: pair?.to.key ?? '' })
  if (!pair || !left || !right) return <Empty title="There is nothing to compare with">A second environment can be added under Settings.</Empty>

  const { from, to } = pair
  const naming = namingOf(flag.variants, cohorts)
  const changes = targetingChanges(right.targeting, left.targeting, naming)
  const after = promoteTargeting(left.targeting, right.targeting)
  const nothingToBring = targetingChanges(right.targeting, after, naming).length === 0
  return (
    <>
      <ComparedPair environments={project.environments} from={from.key} to={to.key} onChange={(next) => { void navigate({ search: (old) => ({ ...old, ...next }), replace: true }) }} />
      <div className={css.two}>
        {[{ environment: from, state: left }, { environment: to, state: right }].map(({ environment, state }) => (
          <div key={environment.key} className={environment.production ? `${css.side} ${css.production}` : css.side}>
            <b><i className={state.targeting.enabled ? `${css.dot} ${css.on}` : css.dot} aria-hidden />{environment.name}</b>
            <span>{environmentSummary(state.targeting, naming)}</span>
            <span className="muted">Revision {state.revision}, by {state.changedBy}</span>
          </div>
        ))}
      </div>
      <Panel
        title={changes.length === 0 ? 'No differences' : `${plural(changes.length, 'difference')}`}
        aside={flag.archivedAt === null ? <PermittedButton permit={permit} size="compact-sm" disabled={nothingToBring} onClick={() => { setBringing(true) }}>Bring {from.name.toLowerCase()}’s targeting to {to.name.toLowerCase()}</PermittedButton> : undefined}
      >
        {changes.length === 0 ? <p className="soft">{from.name} and {to.name} do the same.</p> : (
          <>
            <p className={css.lead}>What {to.name.toLowerCase()} has, and what {from.name.toLowerCase()} has instead. Rules of experiments stay where they are.</p>
            <ChangeList changes={changes} naming={naming} />
          </>
        )}
      </Panel>
      {bringing ? (
        <TargetingReview
          title={`Bring ${from.name.toLowerCase()}’s targeting to ${to.name.toLowerCase()}`}
          place={{ project: project.key, flag: flag.key, environment: to.key }}
          environment={to}
          base={right}
          targeting={after}
          naming={naming}
          running={runningIn(flag, to.key).map(({ key }) => key)}
          saving={promote.isPending}
          refused={promote.error}
          onApply={(write) => {
            promote.mutate({ ...write, from: from.key, basedOn: right.revision }, {
              onSuccess: () => {
                setBringing(false)
                toastDone({ title: `${flag.name}: ${to.name.toLowerCase()} does what ${from.name.toLowerCase()} does` })
              },
              onError: (error) => { if (!isAnswerable(error)) toastFailed(`Not applied. ${to.name} is unchanged`, error) },
            })
          }}
          onProposed={() => { setBringing(false) }}
          onClose={() => { setBringing(false) }}
        />
      ) : null}
    </>
  )
}
