import type { LiveChange } from '../contract/live.ts'
import { commonRole, type Role } from '../contract/roles.ts'
import type { Database } from '../platform/postgres.ts'

export interface LoggedChange {
  seq: number
  change: LiveChange
}

/** Who reads a stream, and by which session or API token. */
export interface LiveReader {
  userId: string
  login: { kind: 'session' | 'token'; id: string }
  projectId: string
}

const logged = { seq: true, at: true, entityKind: true, entityKey: true, environment: true, revision: true } as const

function toChange({ seq, entityKind, entityKey, environment, revision }: { seq: number; entityKind: string; entityKey: string; environment: string | null; revision: number | null }): LoggedChange {
  return { seq, change: { kind: entityKind, key: entityKey, environment, revision } }
}

export function createLiveStore(db: Database) {
  return {
    /** The newest position of a project's audit log. */
    async head(projectId: string): Promise<number> {
      return (await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { auditSeq: true } })).auditSeq
    },

    async heads(projectIds: readonly string[]): Promise<{ id: string; auditSeq: number }[]> {
      return db.project.findMany({ where: { id: { in: [...projectIds] } }, select: { id: true, auditSeq: true } })
    },

    /** In order. The log has no gaps and grows in the order of commits, so nothing can appear before what was read. */
    async changesAfter(projectId: string, seq: number, limit: number): Promise<LoggedChange[]> {
      return (await db.auditEntry.findMany({ where: { projectId, seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: limit, select: logged })).map(toChange)
    },

    /** Of the newest so many those since then, in order. */
    async changesSince(projectId: string, since: Date, limit: number): Promise<LoggedChange[]> {
      const rows = await db.auditEntry.findMany({ where: { projectId }, orderBy: { seq: 'desc' }, take: limit, select: logged })
      return rows.filter(({ at }) => at >= since).reverse().map(toChange)
    },

    /** The role by which each session or token may still see the project that it is used for, where it may. */
    async rolesOf(readers: readonly LiveReader[], now: Date): Promise<{ loginId: string; projectId: string; role: Role }[]> {
      const idsOf = (kind: LiveReader['login']['kind']) => [...new Set(readers.filter(({ login }) => login.kind === kind).map(({ login }) => login.id))]
      const alive = { revokedAt: null, expiresAt: { gt: now } }
      const projects = { projectId: { in: [...new Set(readers.map(({ projectId }) => projectId))] } }
      const sessions = await db.session.findMany({ where: { id: { in: idsOf('session') }, ...alive }, select: { id: true, user: { select: { memberships: { where: projects, select: { projectId: true, role: true } } } } } })
      const tokens = await db.apiToken.findMany({ where: { id: { in: idsOf('token') }, ...alive }, select: { id: true, projectId: true, role: true, membership: { select: { role: true } } } })
      return [
        ...sessions.flatMap(({ id, user }) => user.memberships.map(({ projectId, role }) => ({ loginId: id, projectId, role: role as Role }))),
        ...tokens.map(({ id, projectId, role, membership }) => ({ loginId: id, projectId, role: commonRole(role as Role, membership.role as Role) })),
      ]
    },
  }
}
