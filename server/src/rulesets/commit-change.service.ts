import { createHash } from 'node:crypto'
import { appendAudit, type NewAuditEntry } from '../audit/audit.store.ts'
import type { Base } from '../base.ts'
import type { Tx } from '../platform/postgres.ts'
import { checkRuleset, type Issue, newIssues } from './check-ruleset.ts'
import { compileRuleset } from './compile-ruleset.ts'
import { invalidRuleset } from './invalid-ruleset.ts'
import type { PublishedRuleset, RulesetServer } from './ruleset-server.ts'
import { createRulesetsStore } from './rulesets.store.ts'

export type AuditDraft = NewAuditEntry

export interface Change<T> {
  result: T
  audit: AuditDraft[]
  /** Ids of the environments whose ruleset changes. */
  environments: string[]
}

/** Part of `Deps`; spelled out so that a service which is a member of it can commit too. */
export type CommitDeps = Pick<Base, 'db' | 'now' | 'installation'> & { rulesets: Pick<RulesetServer, 'announce'> }

/**
 * The one way to change what a project is: rows, audit and the rulesets of every touched environment commit together
 * or not at all. The project's row is locked first, which orders all changes of a project; a project that the work
 * itself creates has no row to lock yet. After the commit this instance serves the new versions at once.
 */
export async function commitChange<T>(deps: CommitDeps, projectId: string, work: (tx: Tx) => Promise<Change<T>>): Promise<T> {
  const { result, published } = await deps.db.$transaction(async (tx) => {
    await createRulesetsStore(tx).lockProject(projectId)
    const change = await work(tx)
    for (const draft of change.audit) await appendAudit(tx, projectId, draft)
    const compiled: Compiled[] = []
    for (const environmentId of [...new Set(change.environments)].sort()) compiled.push(await compile(deps, tx, environmentId))
    assertSound(compiled)
    for (const { published } of compiled) await createRulesetsStore(tx).insert(published, deps.now())
    return { result: change.result, published: compiled.map(({ published }) => published) }
  })
  deps.rulesets.announce(published)
  return result
}

interface Compiled {
  environment: string
  published: PublishedRuleset
  issues: Issue[]
}

async function compile(deps: CommitDeps, tx: Tx, environmentId: string): Promise<Compiled> {
  const store = createRulesetsStore(tx)
  const epoch = deps.installation.epoch()
  const version = await store.nextVersion(environmentId)
  const { rows, unitTypes } = await store.readRows(environmentId)
  const ruleset = compileRuleset(rows, { epoch, version })
  const body = JSON.stringify(ruleset)
  const published = { environmentId, epoch, version, body, sha256: createHash('sha256').update(body).digest('hex') }
  const issues = checkRuleset(ruleset, { unitTypes })
  if (issues.length === 0) return { environment: rows.environment, published, issues }
  return { environment: rows.environment, published, issues: version > 1 ? newIssues(issues, await store.newest(environmentId), { unitTypes }) : issues }
}

/** Refuses with every issue of every environment; an issue that not all of them have says where it is. */
function assertSound(compiled: readonly Compiled[]): void {
  const places = new Map<string, { issue: Issue; environments: string[] }>()
  for (const { environment, issues } of compiled) {
    for (const issue of issues) {
      const key = `${issue.path} ${issue.message}`
      const known = places.get(key) ?? { issue, environments: [] }
      known.environments.push(environment)
      places.set(key, known)
    }
  }
  if (places.size === 0) return
  const details = [...places.values()].map(({ issue, environments }) => (environments.length === compiled.length ? issue : { path: issue.path, message: `In ${environments.join(' and ')}: ${issue.message}` }))
  throw invalidRuleset(details)
}
