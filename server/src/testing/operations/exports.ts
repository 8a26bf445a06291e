import type { ExportSetup } from '../../contract/export-schedules.ts'
import { exportFormats } from '../../contract/exports.ts'
import { routes } from '../../contract/routes.ts'
import type { WebhookSetup } from '../../contract/webhooks.ts'
import type { Stage } from './stage.ts'

/** Tables of the project that have rows by now; those of an experiment are called with its results. */
const tables = [
  routes.exportFlags, routes.exportChanges, routes.exportCohorts, routes.exportMetrics, routes.exportMetricRevisions, routes.exportHypotheses, routes.exportExperiments,
  routes.exportLearnings, routes.exportTasks, routes.exportLayers, routes.exportHoldouts, routes.exportAudit, routes.exportKeys, routes.exportMembers,
] as const

export async function callExports({ server, call, params }: Stage): Promise<void> {
  await server.admin(routes.createLayer, { params, body: { key: 'search', name: 'Search', unit: 'user' } })
  await server.admin(routes.createHoldout, { params, body: { key: 'spring', name: 'Spring', unit: 'user', share: 1_000 } })
  for (const table of tables) {
    for (const format of exportFormats) await call(table, { params, query: { format } })
  }
}

export async function callExportSchedules({ call, params }: Stage): Promise<void> {
  const setup: ExportSetup = { name: 'Flags of the week', source: { resource: 'flags', filters: { kind: 'release' } }, format: 'csv', every: 'week', hour: 5, destination: { kind: 'webhook', url: 'https://example.com/take' }, enabled: true }
  const { schedule: { id, revision } } = await call(routes.createExportSchedule, { params, body: setup })
  const schedule = { ...params, schedule: id }
  await call(routes.listExportSchedules, { params })
  await call(routes.saveExportSchedule, { params: schedule, body: { basedOn: revision, setup: { ...setup, hour: 6 } } })
  await call(routes.renewExportSecret, { params: schedule })
  await call(routes.runExportSchedule, { params: schedule })
  await call(routes.deleteExportSchedule, { params: schedule })
}

export async function callWebhooks({ call, params }: Stage): Promise<void> {
  const setup: WebhookSetup = { name: 'Chat', url: 'https://example.com/hook', kinds: ['flag', 'experiment'], enabled: true }
  const { webhook: { id, revision } } = await call(routes.createWebhook, { params, body: setup })
  const webhook = { ...params, webhook: id }
  await call(routes.listWebhooks, { params })
  await call(routes.saveWebhook, { params: webhook, body: { basedOn: revision, setup: { ...setup, kinds: null } } })
  await call(routes.renewWebhookSecret, { params: webhook })
  const { id: delivery } = await call(routes.testWebhook, { params: webhook })
  await call(routes.listWebhookDeliveries, { params: webhook, query: { state: 'waiting', limit: 5 } })
  await call(routes.getWebhookDelivery, { params: { ...webhook, delivery } })
  await call(routes.redeliverWebhook, { params: { ...webhook, delivery } })
  await call(routes.deleteWebhook, { params: webhook })
}
