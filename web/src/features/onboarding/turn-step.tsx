import type { Connections, Environment, FlagDetail, UsageSeries } from '@assay/server/contract'
import { Switch } from '@mantine/core'
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { countOf, seenByApp } from './first-flag.ts'
import { useTurnFirstFlag } from './first-flag-queries.ts'
import css from './steps.module.css'

interface Props {
  project: string
  flag: FlagDetail
  environment: Environment
  connections: Connections | undefined
  asked: UsageSeries | undefined
  onTurned: () => void
}

/** The switch, and what the app has of it: by its own acknowledgement, then by what it reports that it got. */
export function TurnStep({ project, flag, environment, connections, asked, onTurned }: Props) {
  const turn = useTurnFirstFlag(project, environment.key)
  /** How often the app had been given the value when the flag was turned. */
  const [before, setBefore] = useState<number | null>(null)
  const state = flag.environments.find((one) => one.environment === environment.key)
  if (!state) return null
  const on = turn.isPending ? turn.variables.on : state.targeting.enabled
  const served = (value: boolean) => (asked ? countOf(asked, value ? 'on' : 'off') : 0)
  const seen = connections && !turn.isPending ? seenByApp(on, connections, served(on), before) : null
  const change = () => {
    setBefore(served(!on))
    turn.mutate({ on: !on, basedOn: state.revision }, { onSuccess: onTurned })
  }
  return (
    <>
      <div className={css.turn}>
        <Switch checked={on} size="md" aria-label={`${flag.name} is on in ${environment.name.toLowerCase()}`} disabled={turn.isPending} onChange={change} />
        <span><b>{on ? 'On' : 'Off'}</b> in {environment.name.toLowerCase()}</span>
        <span className={`${css.sees} ${seen?.state === 'got' ? css.got : ''}`} role="status">
          {seen === null ? 'Saving' : <>{seen.state === 'waiting' ? <IconRefresh size={15} aria-hidden /> : <IconCircleCheck size={15} aria-hidden />}{seen.sentence}</>}
        </span>
      </div>
      {turn.error ? <Notice tone="danger" alert>{messageOf(turn.error)}</Notice> : null}
    </>
  )
}
