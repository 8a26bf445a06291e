import type { Condition, FlagType, Json, Prerequisite, Ruleset, Serve } from '@assay/sdk/core'
import type { Database, Tx } from '../platform/postgres.ts'
import type { RulesetRows } from './compile-ruleset.ts'
import type { PublishedRuleset } from './ruleset-server.ts'

export const RULESET_CHANNEL = 'assay_ruleset'

export interface EnvironmentVersion {
  environmentId: string
  version: number
  epoch: string
}

export function createRulesetsStore(db: Database | Tx) {
  return {
    /** Every change of a project takes this lock first, so changes are ordered and cannot deadlock. */
    async lockProject(projectId: string): Promise<void> {
      await db.$queryRaw`SELECT 1 AS locked FROM "project" WHERE "id" = ${projectId}::uuid FOR UPDATE`
    },

    /** Takes the environment's row lock and the next version. */
    async nextVersion(environmentId: string): Promise<number> {
      const { rulesetVersion } = await db.environment.update({ where: { id: environmentId }, data: { rulesetVersion: { increment: 1 } }, select: { rulesetVersion: true } })
      return rulesetVersion
    },

    async readRows(environmentId: string): Promise<{ rows: RulesetRows; unitTypes: string[] }> {
      const environment = await db.environment.findUniqueOrThrow({ where: { id: environmentId }, select: { key: true, projectId: true, project: { select: { key: true, unitTypes: true } } } })
      const flags = await db.flag.findMany({ where: { projectId: environment.projectId, archivedAt: null }, include: { variants: true, environments: { where: { environmentId } }, rules: { where: { environmentId } } } })
      const cohorts = await db.cohort.findMany({ where: { projectId: environment.projectId } })
      const layers = await db.layer.findMany({ where: { projectId: environment.projectId } })
      const holdouts = await db.holdout.findMany({ where: { projectId: environment.projectId } })
      return {
        unitTypes: (environment.project.unitTypes as { key: string }[]).map((unitType) => unitType.key),
        rows: {
          project: environment.project.key,
          environment: environment.key,
          flags: flags.flatMap((flag) => flag.environments.map((state) => ({
            key: flag.key,
            type: flag.type as FlagType,
            clientVisible: flag.clientVisible,
            definedAt: flag.definedAt,
            variants: flag.variants.map(({ key, value, position }) => ({ key, value: value as Json, position })),
            state: { enabled: state.enabled, offVariant: state.offVariant, prerequisites: state.prerequisites as unknown as Prerequisite[], fallthrough: state.fallthrough as unknown as Serve, revision: state.revision },
            rules: flag.rules.map((rule) => ({ id: rule.id, position: rule.position, when: rule.condition as Condition | null, serve: rule.serve as unknown as Serve, heldOut: rule.heldOut })),
          }))),
          cohorts: cohorts.map((cohort) => ({ key: cohort.key, unit: cohort.unit, when: cohort.condition as Condition | null, included: cohort.included as string[], excluded: cohort.excluded as string[] })),
          layers,
          holdouts,
        },
      }
    },

    /** Stores a ruleset and notifies every instance when the transaction commits. */
    async insert(published: PublishedRuleset, createdAt: Date): Promise<void> {
      await db.ruleset.create({ data: { ...published, createdAt } })
      // $executeRaw: a `void` result does not deserialise.
      await db.$executeRaw`SELECT pg_notify(${RULESET_CHANNEL}, ${`${published.environmentId}:${published.version}`})`
    },

    async find(environmentId: string, version: number): Promise<PublishedRuleset | null> {
      return db.ruleset.findUnique({ where: { environmentId_version: { environmentId, version } }, select: { environmentId: true, epoch: true, version: true, body: true, sha256: true } })
    },

    /** The newest committed ruleset of an environment, as this transaction sees it. */
    async newest(environmentId: string): Promise<Ruleset> {
      const { body } = await db.ruleset.findFirstOrThrow({ where: { environmentId }, orderBy: { version: 'desc' }, select: { body: true } })
      return JSON.parse(body) as Ruleset
    },

    /** The newest version of every environment; version 0 and an empty epoch where none was published yet. */
    async versions(): Promise<EnvironmentVersion[]> {
      return db.$queryRaw<EnvironmentVersion[]>`
        SELECT e."id"::text AS "environmentId", e."rulesetVersion" AS "version", coalesce(r."epoch", '') AS "epoch"
        FROM "environment" e LEFT JOIN "ruleset" r ON r."environmentId" = e."id" AND r."version" = e."rulesetVersion"`
    },

    async projectOf(environmentId: string): Promise<string> {
      return (await db.environment.findUniqueOrThrow({ where: { id: environmentId }, select: { projectId: true } })).projectId
    },
  }
}
