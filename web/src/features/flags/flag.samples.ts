import type { FlagDetail, FlagSummary, Targeting } from '@assay/server/contract'
import { testProject } from '../../testing/render.tsx'

/** A flag of the list, on in the environments named. */
export function flagSummary(more: Partial<FlagSummary> = {}, on: readonly string[] = []): FlagSummary {
  return {
    key: 'checkout.express-pay', name: 'Express pay at checkout', kind: 'release', type: 'boolean', owner: 'Ada Admin', tags: [], clientVisible: false, expectedRemoval: null, archivedAt: null, createdAt: '2026-10-01T00:00:00Z', openChanges: 0,
    variants: [{ key: 'off', name: 'Off' }, { key: 'on', name: 'On' }], experiment: null, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Ada Admin',
    environments: testProject.environments.map(({ key }) => ({ environment: key, enabled: on.includes(key), rules: 0, fallthrough: { variant: 'on' }, split: null, offVariant: null })),
    ...more,
  }
}

export const sampleTargeting: Targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [{ id: 'a', name: 'Staff', when: { cohort: 'staff' }, serve: { variant: 'on' } }], fallthrough: { variant: 'off' } }

/** The same flag in full, the same in every environment. */
export function flagDetail(more: Partial<FlagDetail> = {}, targeting: Targeting = sampleTargeting): FlagDetail {
  return {
    key: 'checkout.express-pay', name: 'Express pay at checkout', description: '', kind: 'release', type: 'boolean', clientVisible: false, owner: 'Ada Admin', tags: [], expectedRemoval: null, archivedAt: null, revision: 3, createdAt: '2026-10-01T00:00:00Z',
    variants: [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }], experiments: [],
    environments: testProject.environments.map(({ key }) => ({ environment: key, revision: 4, targeting, changedAt: '2026-11-01T00:00:00Z', changedBy: 'Jonas Lind' })),
    ...more,
  }
}
