import { reviewPolicy, type Environment, type ReviewPolicy } from '../contract/projects.ts'
import { AppError } from '../http/app-error.ts'
import type { Database, Tx } from '../platform/postgres.ts'

export interface NewEnvironment {
  key: string
  name: string
  production: boolean
}

/** What an admin can change of an environment. */
export interface EnvironmentSettings {
  name: string
  production: boolean
  policy: ReviewPolicy
  ofrepExtras: boolean
}

/** An environment with its identity. */
export interface EnvironmentRecord {
  id: string
  key: string
  production: boolean
  /** Version of the newest ruleset; 0 where none was published yet. */
  rulesetVersion: number
}

interface Row {
  key: string
  name: string
  production: boolean
  position: number
  policy: unknown
  ofrepExtras: boolean
  revision: number
  rulesetVersion: number
}

const columns = { id: true, key: true, production: true, rulesetVersion: true } as const

export function createEnvironmentsStore(db: Database | Tx) {
  async function find(projectId: string, key: string): Promise<EnvironmentRecord | null> {
    return db.environment.findUnique({ where: { projectId_key: { projectId, key } }, select: columns })
  }

  async function list(projectId: string): Promise<EnvironmentRecord[]> {
    return db.environment.findMany({ where: { projectId }, select: columns, orderBy: { position: 'asc' } })
  }

  return {
    find,

    async get(projectId: string, key: string): Promise<EnvironmentRecord> {
      const found = await find(projectId, key)
      if (!found) throw new AppError('not_found', `This project has no environment ${key}.`)
      return found
    },

    /** In the order of the project. */
    list,

    /** Of all environments of a project: a change of what they share makes a ruleset for each. */
    async ids(projectId: string): Promise<string[]> {
      return (await list(projectId)).map(({ id }) => id)
    },

    async getById(id: string): Promise<Environment> {
      return toEnvironment(await db.environment.findUniqueOrThrow({ where: { id } }))
    },

    async update(id: string, { name, production, policy, ofrepExtras }: EnvironmentSettings): Promise<void> {
      await db.environment.update({ where: { id }, data: { name, production, policy, ofrepExtras, revision: { increment: 1 } } })
    },

    /** What a change of targeting in the environment needs. */
    async policy(id: string): Promise<ReviewPolicy> {
      const { policy } = await db.environment.findUniqueOrThrow({ where: { id }, select: { policy: true } })
      return reviewPolicy.parse(policy)
    },

    /** Adds environments after those that the project has, in the given order. */
    async append(projectId: string, environments: readonly NewEnvironment[], createdAt: Date): Promise<string[]> {
      const { _max } = await db.environment.aggregate({ where: { projectId }, _max: { position: true } })
      const first = (_max.position ?? -1) + 1
      const rows = await db.environment.createManyAndReturn({
        data: environments.map(({ key, name, production }, index) => ({ projectId, key, name, production, position: first + index, createdAt })),
        select: { id: true },
      })
      return rows.map((row) => row.id)
    },
  }
}

export function toEnvironment({ key, name, production, position, policy, ofrepExtras, revision, rulesetVersion }: Row): Environment {
  return { key, name, production, position, policy: reviewPolicy.parse(policy), ofrepExtras, revision, rulesetVersion }
}
