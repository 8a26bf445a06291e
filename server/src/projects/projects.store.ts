import type { Project } from '../contract/projects.ts'
import type { Role } from '../contract/roles.ts'
import type { ProjectScope } from '../http/register.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { toEnvironment } from '../environments/environments.store.ts'
import type { UnitType } from './check-unit-types.ts'

/** What an admin can change of a project. */
export interface ProjectSettings {
  name: string
  unitTypes: UnitType[]
  bots: Project['bots']
}

export function createProjectsStore(db: Database | Tx) {
  return {
    /** A project as somebody sees it; null where it does not exist or they are no member. */
    async scopeFor(userId: string, key: string): Promise<ProjectScope | null> {
      const row = await db.membership.findFirst({ where: { userId, project: { key } }, select: { role: true, project: { select: { id: true, key: true } } } })
      return row && { ...row.project, role: row.role as Role }
    },

    async get(id: string): Promise<Project> {
      const row = await db.project.findUniqueOrThrow({ where: { id }, include: { environments: { orderBy: { position: 'asc' } } } })
      return { key: row.key, name: row.name, unitTypes: row.unitTypes as unknown as UnitType[], bots: row.bots as unknown as Project['bots'], revision: row.revision, environments: row.environments.map(toEnvironment) }
    },

    /** Keys of the unit types that the project declares. */
    async unitTypes(id: string): Promise<string[]> {
      const { unitTypes } = await db.project.findUniqueOrThrow({ where: { id }, select: { unitTypes: true } })
      return (unitTypes as unknown as UnitType[]).map(({ key }) => key)
    },

    /** False where another project has the key already. */
    async insert(project: { id: string; key: string; name: string; createdAt: Date }): Promise<boolean> {
      return (await db.project.createMany({ data: [project], skipDuplicates: true })).count === 1
    },

    async update(id: string, { name, unitTypes, bots }: ProjectSettings): Promise<void> {
      await db.project.update({ where: { id }, data: { name, unitTypes: unitTypes.map(({ key, attribute }) => ({ key, attribute })), bots, revision: { increment: 1 } } })
    },

    /** Unit types that a rule, a cohort, an experiment, a layer or a holdout of the project refers to, and what does. */
    async unitTypesInUse(projectId: string): Promise<{ unitType: string; by: string }[]> {
      return db.$queryRaw<{ unitType: string; by: string }[]>`
        SELECT "unitType", min("by") AS "by" FROM (
          SELECT r."serve"->>'unit' AS "unitType", 'the flag ' || f."key" AS "by" FROM "rule" r JOIN "flag" f ON f."id" = r."flagId" WHERE f."projectId" = ${projectId}::uuid
          UNION ALL
          SELECT s."fallthrough"->>'unit', 'the flag ' || f."key" FROM "flag_environment" s JOIN "flag" f ON f."id" = s."flagId" WHERE f."projectId" = ${projectId}::uuid
          UNION ALL
          SELECT c."unit", 'the cohort ' || c."key" FROM "cohort" c WHERE c."projectId" = ${projectId}::uuid
          UNION ALL
          SELECT l."unit", 'the layer ' || l."key" FROM "layer" l WHERE l."projectId" = ${projectId}::uuid
          UNION ALL
          SELECT h."unit", 'the holdout ' || h."key" FROM "holdout" h WHERE h."projectId" = ${projectId}::uuid
          UNION ALL
          SELECT e."setup"->>'unitType', 'the experiment ' || e."key" FROM "experiment" e WHERE e."projectId" = ${projectId}::uuid
        ) AS uses WHERE "unitType" IS NOT NULL GROUP BY "unitType"`
    },
  }
}
