import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import type { ExperimentSetup } from '../contract/experiments.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { createProjectsStore } from '../projects/projects.store.ts'
import { type AuditDraft } from '../rulesets/commit-change.service.ts'
import { checkSetup } from './check-setup.ts'
import { createExperimentsStore, type ExperimentRecord, type ExperimentTarget } from './experiments.store.ts'

export async function findExperiment(db: Database | Tx, projectId: string, key: string): Promise<ExperimentRecord> {
  const record = await createExperimentsStore(db).find(projectId, key)
  if (!record) throw new AppError('not_found', `There is no experiment ${key}.`)
  return record
}

/** The flag and environment of a set-up in which nothing is wrong. */
export async function validTarget(tx: Tx, projectId: string, setup: ExperimentSetup): Promise<ExperimentTarget> {
  const target = await createExperimentsStore(tx).target(projectId, setup.flag, setup.environment)
  if (!target) throw new AppError('not_found', `There is no flag ${setup.flag} in an environment ${setup.environment}.`)
  const issues = checkSetup(setup, target.variants, await createProjectsStore(tx).unitTypes(projectId))
  if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })
  return target
}

export async function assertExperimentRevision(tx: Tx, projectId: string, { summary }: ExperimentRecord, basedOn: number, yours: unknown): Promise<void> {
  await assertBasedOnAudited(tx, projectId, { kind: 'experiment', key: summary.key }, summary, basedOn, yours, summary.key)
}

export interface AuditedMove {
  /** Null where Assay itself acted. */
  actor: Actor | null
  action: string
  key: string
  environment: string
  before?: unknown
  after?: unknown
  reason?: string | undefined
}

export function auditMove(deps: Pick<Deps, 'now'>, { key, before, after, reason, ...move }: AuditedMove): AuditDraft {
  return { at: deps.now(), entityKind: 'experiment', entityKey: key, ...move, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), ...(reason === undefined ? {} : { reason }) }
}
