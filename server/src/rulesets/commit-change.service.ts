import { createHash } from 'node:crypto'
import { appendAudit } from '../audit/audit.store.ts'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { checkRuleset } from './check-ruleset.ts'
import { compileRuleset } from './compile-ruleset.ts'
import type { PublishedRuleset, RulesetServer } from './ruleset-server.ts'
import { createRulesetsStore } from './rulesets.store.ts'

/** One line of the audit; values are stored as JSON. */
export interface AuditDraft {
  at: Date
  /** Null where Assay itself acted. */
  actor: Actor | null
  /** Verb in the past tense, such as `flag.turned_off`. */
  action: string
  entityKind: string
  entityKey: string
  environment?: string
  before?: unknown
  after?: unknown
  reason?: string
  revision?: number
}

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
    for (const draft of change.audit) await appendAudit(tx, projectId, draft as Parameters<typeof appendAudit>[2])
    const published: PublishedRuleset[] = []
    for (const environmentId of [...new Set(change.environments)].sort()) published.push(await publish(deps, tx, environmentId))
    return { result: change.result, published }
  })
  deps.rulesets.announce(published)
  return result
}

async function publish(deps: CommitDeps, tx: Tx, environmentId: string): Promise<PublishedRuleset> {
  const store = createRulesetsStore(tx)
  const epoch = deps.installation.epoch()
  const version = await store.nextVersion(environmentId)
  const { rows, unitTypes } = await store.readRows(environmentId)
  const ruleset = compileRuleset(rows, { epoch, version })
  const issues = checkRuleset(ruleset, { unitTypes })
  if (issues.length > 0) {
    // A problem that was there before must not stand in the way of turning something off.
    const inherited = new Set(await issuesOfPrevious(tx, environmentId, version - 1, unitTypes))
    const fresh = issues.filter((issue) => !inherited.has(issue.message))
    if (fresh.length > 0) {
      const more = fresh.length > 3 ? ` (and ${fresh.length - 3} more)` : ''
      throw new AppError('invalid_ruleset', `${fresh.slice(0, 3).map((issue) => issue.message).join(' ')}${more}`, { details: fresh.slice(0, 50) })
    }
  }
  const body = JSON.stringify(ruleset)
  const published = { environmentId, epoch, version, body, sha256: createHash('sha256').update(body).digest('hex') }
  await store.insert(published, deps.now())
  return published
}

async function issuesOfPrevious(tx: Tx, environmentId: string, version: number, unitTypes: string[]): Promise<string[]> {
  const previous = version > 0 ? await createRulesetsStore(tx).find(environmentId, version) : null
  return previous ? checkRuleset(JSON.parse(previous.body), { unitTypes }).map((issue) => issue.message) : []
}
