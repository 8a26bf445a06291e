import type { Me, Member } from '../contract/accounts.ts'
import type { Role } from '../contract/roles.ts'
import type { Database, Tx } from '../platform/postgres.ts'

export interface NewUser {
  id: string
  email: string
  name: string
  passwordHash: string | null
  createdAt: Date
}

/** A person, as an invitation needs to know them. */
export interface UserRecord {
  id: string
  name: string
  accepted: boolean
  projectIds: string[]
}

const user = { select: { id: true, email: true, name: true, passwordHash: true, lastSeenAt: true } } as const

export function createAccountsStore(db: Database | Tx) {
  return {
    async me(userId: string): Promise<Me> {
      const row = await db.user.findUniqueOrThrow({
        where: { id: userId },
        include: { memberships: { include: { project: { select: { key: true, name: true } } }, orderBy: { project: { name: 'asc' } } } },
      })
      return { id: row.id, email: row.email, name: row.name, projects: row.memberships.map(({ project, role }) => ({ ...project, role: role as Role })) }
    },

    async credentials(email: string): Promise<{ id: string; passwordHash: string | null } | null> {
      return db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } })
    },

    async passwordHash(userId: string): Promise<string | null> {
      return (await db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }))?.passwordHash ?? null
    },

    async setPassword(userId: string, passwordHash: string): Promise<void> {
      await db.user.update({ where: { id: userId }, data: { passwordHash } })
    },

    /** What a person enters with their account. */
    async account(userId: string): Promise<{ email: string; projectIds: string[] }> {
      const { email, memberships } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, memberships: { select: { projectId: true } } } })
      return { email, projectIds: memberships.map(({ projectId }) => projectId) }
    },

    /** False where somebody has the e-mail address already. */
    async insertUser(created: NewUser): Promise<boolean> {
      return (await db.user.createMany({ data: [created], skipDuplicates: true })).count === 1
    },

    /** The person with an e-mail address, locked until the transaction ends. */
    async lockUser(email: string): Promise<UserRecord | null> {
      await db.$queryRaw`SELECT 1 AS locked FROM "user" WHERE "email" = ${email} FOR UPDATE`
      const row = await db.user.findUnique({ where: { email }, select: { id: true, name: true, passwordHash: true, memberships: { select: { projectId: true } } } })
      return row && { id: row.id, name: row.name, accepted: row.passwordHash !== null, projectIds: row.memberships.map((membership) => membership.projectId) }
    },

    /** Replaces an open invitation; the newest one also says what the person is called. */
    async setInvitation(userId: string, name: string, hash: string, expiresAt: Date): Promise<void> {
      await db.user.update({ where: { id: userId }, data: { name, invitationHash: hash, invitationExpiresAt: expiresAt } })
    },

    /** Who an open invitation is for. */
    async invited(hash: string, now: Date): Promise<{ id: string; name: string; email: string; projectIds: string[] } | null> {
      const row = await db.user.findFirst({
        where: { invitationHash: hash, passwordHash: null, invitationExpiresAt: { gt: now } },
        select: { id: true, name: true, email: true, memberships: { select: { projectId: true } } },
      })
      return row && { id: row.id, name: row.name, email: row.email, projectIds: row.memberships.map((membership) => membership.projectId) }
    },

    /** Uses an invitation up; false where another request was first. */
    async accept(hash: string, passwordHash: string, now: Date): Promise<boolean> {
      const { count } = await db.user.updateMany({
        where: { invitationHash: hash, passwordHash: null, invitationExpiresAt: { gt: now } },
        data: { passwordHash, invitationHash: null, invitationExpiresAt: null },
      })
      return count === 1
    },

    async members(projectId: string): Promise<Member[]> {
      return (await db.membership.findMany({ where: { projectId }, include: { user }, orderBy: { user: { name: 'asc' } } })).map(toMember)
    },

    async member(projectId: string, userId: string): Promise<Member | null> {
      const row = await db.membership.findUnique({ where: { userId_projectId: { userId, projectId } }, include: { user } })
      return row && toMember(row)
    },

    async insertMember(projectId: string, userId: string, role: Role, createdAt: Date): Promise<void> {
      await db.membership.create({ data: { projectId, userId, role, createdAt } })
    },

    async setRole(projectId: string, userId: string, role: Role): Promise<void> {
      await db.membership.update({ where: { userId_projectId: { userId, projectId } }, data: { role, revision: { increment: 1 } } })
    },

    /** An invitation that no project stands behind any more is withdrawn with it. */
    async removeMember(projectId: string, userId: string): Promise<void> {
      await db.membership.delete({ where: { userId_projectId: { userId, projectId } } })
      await db.user.updateMany({ where: { id: userId, passwordHash: null, memberships: { none: {} } }, data: { invitationHash: null, invitationExpiresAt: null } })
    },
  }
}

interface MemberRow {
  role: string
  revision: number
  user: { id: string; email: string; name: string; passwordHash: string | null; lastSeenAt: Date | null }
}

function toMember({ role, revision, user }: MemberRow): Member {
  return { userId: user.id, email: user.email, name: user.name, role: role as Role, revision, invited: user.passwordHash === null, lastSeenAt: user.lastSeenAt?.toISOString() ?? null }
}
