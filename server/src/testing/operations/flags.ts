import type { Targeting } from '../../contract/flags.ts'
import { routes } from '../../contract/routes.ts'
import type { Stage } from './stage.ts'

const halves = { unit: 'user', salt: 'halves', hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 } as const
const targeting: Targeting = {
  enabled: true,
  offVariant: 'off',
  prerequisites: [],
  rules: [{ id: 'staff', name: 'Staff', when: { all: [{ attribute: 'role', op: 'in', values: ['staff'] }] }, serve: { variant: 'on' } }],
  fallthrough: { ...halves, arms: [...halves.arms] },
}

export async function callFlags({ call, params }: Stage): Promise<void> {
  const flag = { ...params, flag: 'express' }
  const production = { ...flag, environment: 'production' }
  await call(routes.createFlag, { params, body: { key: 'express', name: 'Express pay', description: 'Pay in one step', kind: 'release', type: 'boolean', clientVisible: true, tags: ['checkout'], variants: [{ key: 'off', value: false }, { key: 'on', name: 'On', value: true }] } })
  const revisionIn = async (environment: string) => (await call(routes.getFlag, { params: flag })).environments.find((state) => state.environment === environment)?.revision ?? 0

  const first = await call(routes.saveTargeting, { params: production, body: { basedOn: await revisionIn('production'), targeting, reason: 'It begins.' } })
  await call(routes.previewImpact, { params: production, body: { targeting: { ...targeting, rules: [] } } })
  await call(routes.turnOff, { params: production, body: { reason: 'Just to be safe.' } })
  await call(routes.explainFlag, { params: production, body: { reason: 'The till was slow.' } })
  const on = await call(routes.turnOn, { params: production, body: { basedOn: await revisionIn('production'), reason: 'It was not the till.' } })
  await call(routes.restoreTargeting, { params: production, body: { revision: first.revision, basedOn: on.revision, reason: 'As it was.' } })
  await call(routes.promoteTargeting, { params: { ...flag, environment: 'staging' }, body: { from: 'production', basedOn: await revisionIn('staging'), reason: 'The same in both.' } })
  await call(routes.compareEnvironments, { params, query: { from: 'staging', to: 'production' } })
  await call(routes.getUsage, { params: production, query: { hours: 48 } })
  await call(routes.listUsage, { params, query: { flags: 'express' } })
  await call(routes.listFlags, { params, query: { q: 'express', sort: 'flag', limit: 10 } })
  await call(routes.listFlagNames, { params, query: { view: 'live' } })
  await call(routes.countFlags, { params })
  await call(routes.evaluateInPlayground, { params: { ...params, environment: 'production' }, body: { context: { targetingKey: 'anna', role: 'staff' }, flag: 'express' } })
  await call(routes.listRulesets, { params: { ...params, environment: 'production' }, query: { limit: 5 } })

  const { revision } = await call(routes.getFlag, { params: flag })
  const renamed = await call(routes.updateFlag, { params: flag, body: { basedOn: revision, name: 'Express', owner: 'Ada Admin', tags: [], expectedRemoval: '2031-01-31' } })
  await call(routes.restoreDefinition, { params: flag, body: { revision, basedOn: renamed.revision, reason: 'The old name said more.' } })

  const copy = await call(routes.cloneFlag, { params: flag, body: { key: 'express-2', name: 'Express pay 2' } })
  const copied = { ...params, flag: copy.key }
  await call(routes.archiveFlag, { params: copied, body: { basedOn: copy.revision, reason: 'Not needed.' } })
  await call(routes.unarchiveFlag, { params: copied, body: { reason: 'Needed after all.' } })
  const { revision: back } = await call(routes.getFlag, { params: copied })
  await call(routes.archiveFlag, { params: copied, body: { basedOn: back } })
  await call(routes.deleteFlag, { params: copied })
}

export async function callChanges({ server, call, as, params }: Stage): Promise<void> {
  const at = { ...params, flag: 'reviewed', environment: 'production' }
  const variants = [{ key: 'off', value: false }, { key: 'on', value: true }]
  const { environments } = await call(routes.createFlag, { params, body: { key: 'reviewed', name: 'Reviewed', kind: 'release', type: 'boolean', variants } })
  const basedOn = environments.find(({ environment }) => environment === 'production')?.revision ?? 0
  const proposed = await call(routes.proposeChange, { params: at, body: { basedOn, targeting, reason: 'It is time.', schedule: { local: '2031-03-31T09:00', timeZone: 'Europe/Berlin' } } })
  const change = { ...params, change: proposed.key }
  await call(routes.getChange, { params: change })
  const edited = await call(routes.updateChange, { params: change, body: { revision: proposed.revision, basedOn, targeting: { ...targeting, rules: [] }, reason: 'For everybody.', schedule: null } })
  const reviewer = as(await server.as('engineer'))
  await reviewer(routes.reviewChange, { params: change, body: { revision: edited.revision, verdict: 'approved', comment: 'Good.' } })
  const applied = await call(routes.applyChange, { params: change, body: { revision: edited.revision } })
  const second = await call(routes.proposeChange, { params: at, body: { basedOn: applied.applied?.revision ?? 0, targeting, reason: 'Once more.' } })
  await call(routes.withdrawChange, { params: { ...params, change: second.key }, body: { reason: 'Not now.' } })
  await call(routes.listChanges, { params, query: { status: 'applied' } })
}

export async function callLayers({ call, params }: Stage): Promise<void> {
  await call(routes.createLayer, { params, body: { key: 'checkout', name: 'Checkout', unit: 'user' } })
  await call(routes.listLayers, { params })
  await call(routes.deleteLayer, { params: { ...params, layer: 'checkout' } })
  await call(routes.createHoldout, { params, body: { key: 'winter', name: 'Winter', unit: 'user', share: 5_000, reason: 'To see what all of it brings.' } })
  await call(routes.listHoldouts, { params })
  await call(routes.releaseHoldout, { params: { ...params, holdout: 'winter' } })
}
