import { routes } from '../../contract/routes.ts'
import { connectSdk } from '../connected-sdk.ts'
import type { Stage } from './stage.ts'

export async function callProjects({ server, call, params }: Stage): Promise<void> {
  await call(routes.createProject, { body: { key: 'warehouse', name: 'Warehouse' } })
  const { revision } = await call(routes.getProject, { params })
  await call(routes.updateProject, { params, body: { basedOn: revision, name: 'Shop', unitTypes: [{ key: 'user', attribute: 'targetingKey' }], bots: [{ property: 'agent', op: 'equals', values: ['bot'] }] } })

  const canary = await call(routes.createEnvironment, { params, body: { key: 'canary', name: 'Canary', production: false } })
  await call(routes.updateEnvironment, { params: { ...params, environment: 'canary' }, body: { basedOn: canary.revision, name: 'Canaries', policy: canary.policy, ofrepExtras: true } })
  await connectSdk(server)
  await call(routes.getConnections, { params: { ...params, environment: 'production' } })

  const { key } = await call(routes.createKey, { params, body: { environment: 'canary', kind: 'client', name: 'Kiosk' } })
  await call(routes.listKeys, { params })
  const rotated = await call(routes.rotateKey, { params: { ...params, id: key.id }, body: { overlapHours: 24 } })
  const later = new Date(Date.now() + 48 * 3_600_000).toISOString()
  await call(routes.extendKey, { params: { ...params, id: key.id }, body: { stopsAt: later } })
  await call(routes.revokeKey, { params: { ...params, id: rotated.key.id } })
}

export async function callAudit({ call, params }: Stage): Promise<void> {
  const { entries } = await call(routes.listAudit, { params, query: { limit: 5 } })
  await call(routes.listAudit, { params, query: { entry: entries[0]?.seq ?? 0 } })
  await call(routes.verifyAudit, { params, query: { recent: 'true' } })
  await call(routes.streamChanges, { params, query: { after: 0 } })
}
