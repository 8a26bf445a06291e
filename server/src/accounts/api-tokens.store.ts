import type { ApiToken } from '../contract/api-tokens.ts'
import { commonRole, type Role } from '../contract/roles.ts'
import type { Database, Tx } from '../platform/postgres.ts'

export interface NewToken {
  id: string
  userId: string
  projectId: string
  name: string
  role: Role
  prefix: string
  hash: string
  createdAt: Date
  expiresAt: Date
}

/** A token as a request presents it. */
export interface PresentedToken {
  id: string
  name: string
  role: Role
  projectId: string
  person: { id: string; name: string }
  expiresAt: Date
  revokedAt: Date | null
  lastUsedAt: Date | null
}

const withPerson = { membership: { select: { role: true, user: { select: { id: true, name: true } } } } } as const

export function createApiTokensStore(db: Database | Tx) {
  return {
    /** Newest first, of one person or of all; revoked and expired ones included. */
    async list(projectId: string, userId: string | null): Promise<ApiToken[]> {
      const rows = await db.apiToken.findMany({ where: { projectId, ...(userId === null ? {} : { userId }) }, include: withPerson, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
      return rows.map(toToken)
    },

    async find(projectId: string, id: string): Promise<ApiToken | null> {
      const row = await db.apiToken.findFirst({ where: { id, projectId }, include: withPerson })
      return row && toToken(row)
    },

    /** Names of those of a person that still work. */
    async liveNames(projectId: string, userId: string, now: Date): Promise<string[]> {
      return (await db.apiToken.findMany({ where: { projectId, userId, revokedAt: null, expiresAt: { gt: now } }, select: { name: true } })).map(({ name }) => name)
    },

    async insert(token: NewToken): Promise<ApiToken> {
      return toToken(await db.apiToken.create({ data: token, include: withPerson }))
    },

    async revoke(id: string, at: Date, by: string): Promise<void> {
      await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at, revokedBy: by } })
    },

    async presented(hash: string): Promise<PresentedToken | null> {
      const row = await db.apiToken.findUnique({ where: { hash }, include: withPerson })
      return row && { id: row.id, name: row.name, role: row.role as Role, projectId: row.projectId, person: row.membership.user, expiresAt: row.expiresAt, revokedAt: row.revokedAt, lastUsedAt: row.lastUsedAt }
    },

    async used(id: string, at: Date): Promise<void> {
      await db.apiToken.updateMany({ where: { id }, data: { lastUsedAt: at } })
    },
  }
}

interface Row {
  id: string
  name: string
  role: string
  prefix: string
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
  revokedBy: string | null
  membership: { role: string; user: { id: string; name: string } }
}

function toToken({ id, name, role, prefix, createdAt, expiresAt, lastUsedAt, revokedAt, revokedBy, membership }: Row): ApiToken {
  return {
    id, name, role: role as Role, actsAs: commonRole(role as Role, membership.role as Role), prefix, person: membership.user, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null, revokedBy,
  }
}
