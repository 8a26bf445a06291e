import { routes } from '../../contract/routes.ts'
import { connectSdk } from '../connected-sdk.ts'
import { completeDraft, completeSetup } from '../drafts.ts'
import { recordExperiment } from '../recorded-experiment.ts'
import type { Stage } from './stage.ts'

export async function callCohorts({ call, params }: Stage): Promise<void> {
  const definition = { name: 'Germany', description: 'Shoppers there', unit: 'user', when: { attribute: 'country', op: 'in', values: ['DE'] }, included: ['anna'], excluded: [] } as const
  const body = { ...definition, when: { ...definition.when, values: [...definition.when.values] }, included: [...definition.included], excluded: [] }
  const cohort = { ...params, cohort: 'germany' }
  const { revision } = await call(routes.createCohort, { params, body: { key: 'germany', ...body } })
  await call(routes.listCohorts, { params })
  await call(routes.getCohort, { params: cohort })
  const { name: _, description: _description, ...sole } = body
  await call(routes.previewCohort, { params, body: { environment: 'production', key: 'germany', ...sole } })
  await call(routes.listAttributes, { params, query: { unit: 'user' } })
  const saved = await call(routes.saveCohort, { params: cohort, body: { basedOn: revision, ...body, name: 'Shoppers in Germany', reason: 'A clearer name.' } })
  await call(routes.deleteCohort, { params: cohort, query: { basedOn: saved.revision } })
}

export async function callMetrics({ call, params }: Stage): Promise<void> {
  const definition = { type: 'mean', event: 'order', filter: [{ property: 'country', op: 'in', values: ['DE'] }], cap: { percentile: 0.99 }, direction: 'increase', unitLabel: 'EUR', windowHours: 168 } as const
  const body = { name: 'Order value', description: 'What people pay', owner: 'Ada', ...definition, filter: definition.filter.map((filter) => ({ ...filter, values: [...filter.values] })) }
  const metric = { ...params, metric: 'order-value' }
  const { revision } = await call(routes.createMetric, { params, body: { key: 'order-value', ...body } })
  await call(routes.listMetrics, { params })
  await call(routes.getMetric, { params: metric })
  await call(routes.saveMetric, { params: metric, body: { basedOn: revision, ...body, windowHours: null, reason: 'Late orders count.' } })
  await call(routes.listMetricRevisions, { params: metric })
  await call(routes.listMetricPlans, { params: metric })
  const { name: _, description: _description, owner: _owner, ...sole } = body
  await call(routes.previewMetric, { params, body: { environment: 'production', unitType: 'user', days: 14, definition: sole } })
  await call(routes.listEvents, { params: { ...params, environment: 'production' } })
}

/** From the idea to what is left to do after the decision. */
export async function callExperiments({ server, call, params }: Stage): Promise<void> {
  await connectSdk(server)
  for (const key of ['orders', 'refunds', 'revenue']) {
    await server.admin(routes.createMetric, { params, body: { key, name: key, description: '', type: 'conversion', event: key, direction: key === 'refunds' ? 'decrease' : 'increase', unitLabel: '', windowHours: null } })
  }
  const variants = [{ key: 'off', value: false }, { key: 'on', value: true }]
  const { environments } = await server.admin(routes.createFlag, { params, body: { key: 'express-pay', name: 'Express pay', kind: 'experiment', type: 'boolean', variants } }).then(({ body }) => body)
  await server.admin(routes.turnOn, { params: { ...params, flag: 'express-pay', environment: 'production' }, body: { basedOn: environments.find(({ environment }) => environment === 'production')?.revision ?? 0 } })

  const draft = { ...completeDraft(), maxExposure: 1, forecast: { probability: 0.4, lift: 0.03 } }
  const idea = await call(routes.createHypothesis, { params, body: { ...draft, because: '' } })
  await call(routes.saveHypothesis, { params: { ...params, hypothesis: idea.key }, body: { basedOn: idea.revision, draft } })
  await call(routes.getHypothesis, { params: { ...params, hypothesis: idea.key } })
  await call(routes.listHypotheses, { params })
  await call(routes.findSimilar, { params, body: { title: draft.title, change: draft.change, because: draft.because } })

  const setup = { ...completeSetup(), coverage: 0.5, plannedDays: 14 }
  const { key, revision } = await call(routes.createExperiment, { params, body: { hypothesis: idea.key, setup } })
  const experiment = { ...params, experiment: key }
  await call(routes.listExperiments, { params })
  await call(routes.saveExperiment, { params: experiment, body: { basedOn: revision, setup: { ...setup, coverage: 0.2 } } })
  const ready = await call(routes.getExperiment, { params: experiment })
  const started = await call(routes.startExperiment, { params: experiment, body: { basedOn: ready.revision, sealing: ready.sealing, reason: 'It is time.' } })
  const covered = await call(routes.coverExperiment, { params: experiment, body: { basedOn: started.revision, coverage: 0.4, reason: 'No errors so far.' } })
  const rearmed = await call(routes.rearmExperiment, { params: experiment, body: { basedOn: covered.revision, arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 2 }], reason: 'More should meet it.' } })
  await call(routes.extendExperiment, { params: experiment, body: { basedOn: rearmed.revision, plannedUnits: 4_000, plannedDays: 28, reason: 'Fewer came than planned.' } })
  const stopped = await call(routes.stopExperiment, { params: experiment, body: { reason: 'The till is down.' } })
  await call(routes.resumeExperiment, { params: experiment, body: { basedOn: stopped.revision, coverage: 0.1, reason: 'The till is back.' } })
  await call(routes.stopExperiment, { params: experiment, body: { reason: 'Enough is known.' } })
  await call(routes.decideExperiment, { params: experiment, body: { choice: 'ship', variant: 'on', note: 'Everybody likes it.', learning: 'Fewer steps, more orders.' } })

  await call(routes.listLearnings, { params, query: { search: 'orders' } })
  await call(routes.getProgramme, { params })
  await call(routes.getInbox, { params })
  await call(routes.getDelivery, { params, query: {} })
  const { tasks: [task] } = await call(routes.listTasks, { params, query: { state: 'open', experiment: key } })
  if (!task) throw new Error('The decision left no task.')
  const at = { ...params, task: task.key }
  const assigned = await call(routes.saveTask, { params: at, body: { basedOn: task.revision, assignee: 'Ada Admin', dueAt: '2031-01-31' } })
  const done = await call(routes.completeTask, { params: at, body: { basedOn: assigned.revision, note: 'Seen in production.' } })
  await call(routes.reopenTask, { params: at, body: { basedOn: done.revision, note: 'One service asks still.' } })
}

const DAY_MS = 86_400_000

/** What is read of an experiment with people in it, whose split is not the planned one: its numbers are hidden. */
export async function callResults({ server, call, params }: Stage): Promise<void> {
  const recorded = await recordExperiment(server, { metrics: [{ key: 'orders' }], origin: new Date(Date.now() - 10 * DAY_MS) })
  const people = Array.from({ length: 800 }, (_, index) => `p${index}`)
  await recorded.expose('off', people.slice(0, 600), 0, { country: 'DE' })
  await recorded.expose('on', people.slice(600), 24, { country: 'FR' })
  await recorded.trackAll(people.filter((_, index) => index % 3 === 0).map((unit) => ({ name: 'orders', unit, hours: 30 })))
  const experiment = { ...params, experiment: recorded.key }
  await call(routes.analyseExperiment, { params: experiment })
  await call(routes.showNumbers, { params: experiment })
  await call(routes.getDimension, { params: experiment, query: { by: 'attribute', attribute: 'country' } })
  await call(routes.exportResults, { params: experiment, query: { format: 'json' } })
  await call(routes.exportResults, { params: experiment, query: { format: 'csv' } })
  await call(routes.exportExposures, { params: experiment })
  await call(routes.exportEvents, { params: experiment })
  await call(routes.exportBundle, { params: experiment })
  const query = { format: 'ndjson', experiment: recorded.key } as const
  await call(routes.exportExposureRows, { params, query })
  await call(routes.exportEventRows, { params, query })
  await call(routes.exportResultRows, { params, query })
  await call(routes.exportDaily, { params, query })
}
