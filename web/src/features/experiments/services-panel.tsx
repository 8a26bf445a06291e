import type { Connections, ExperimentDetail } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { connectionsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './services-panel.module.css'
import { sdksOf } from './sdks.ts'

/** SDKs that are connected to the environment now: they assign people and send what they did. */
export function ServicesPanel({ experiment: { environment } }: { experiment: Pick<ExperimentDetail, 'environment'> }) {
  const project = useProject()
  const { data, error, refetch } = useQuery(connectionsQuery(project.key, environment))
  const name = project.environments.find((known) => known.key === environment)?.name ?? environment
  return (
    <Panel title="SDKs" aside={data ? <span className="muted">{plural(data.connected, 'connection')}</span> : undefined}>
      {data ? <Connected connections={data} name={name} /> : error ? <Failure error={error} onRetry={() => { void refetch() }} /> : <Loading rows={2} />}
    </Panel>
  )
}

function Connected({ connections, name }: { connections: Connections; name: string }) {
  const sdks = sdksOf(connections)
  if (sdks.length === 0) return <p className="soft">No SDK is connected to {name} now. Without one nobody is assigned by Assay.</p>
  return (
    <ul className={css.list}>
      {sdks.map(({ sdk, connected, behind, seenAt }) => <li key={sdk}><span className="mono">{sdk}</span><small>{plural(connected, 'connection')}, heard <Ago at={seenAt} />{behind === 0 ? '' : `, ${behind} with rules of before`}</small></li>)}
    </ul>
  )
}
