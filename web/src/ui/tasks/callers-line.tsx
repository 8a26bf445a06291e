import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { usageQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { callersOf } from '../usage/callers.ts'
import css from './tasks.module.css'

/** Whether code still asks for a flag that it should ask for no longer. */
export function CallersLine({ flag }: { flag: string }) {
  const project = useProject()
  const usage = useQuery(usageQuery(project.key, [flag])).data?.flags.find((one) => one.flag === flag)
  const [now] = useState(() => new Date())
  if (!usage) return null
  const callers = callersOf(usage, project.environments, now)
  return <p className={css.note}>{callers.length === 0 ? 'No service has ever asked for it.' : `Still asked for in ${callers.map(({ environment, words }) => `${environment} (${words})`).join(', ')}.`}</p>
}
