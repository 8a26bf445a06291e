import { Prisma, type Database, type Tx } from '../platform/postgres.ts'
import type { FlagKind, FlagVariant, Targeting, TargetingRule } from '../contract/flags.ts'
import type { FlagType, Json, Prerequisite, Serve } from '@assay/sdk/core'
import { AppError } from '../http/app-error.ts'
import type { FlagRecord, RecordEnvironment } from './flag-record.ts'

const related = {
  variants: { orderBy: { position: 'asc' } },
  environments: { include: { environment: { select: { id: true, key: true, position: true } } } },
  rules: { orderBy: { position: 'asc' } },
  experiments: { orderBy: { createdAt: 'desc' }, select: { key: true, status: true, ruleId: true, environmentId: true, environment: { select: { key: true } }, hypothesis: { select: { key: true } } } },
} as const satisfies Prisma.FlagInclude

type Row = Prisma.FlagGetPayload<{ include: typeof related }>
type RuleRow = Row['rules'][number]

export interface NewFlag {
  key: string
  name: string
  description: string
  kind: FlagKind
  type: FlagType
  clientVisible: boolean
  owner: string
  tags: string[]
  expectedRemoval: string | null
  variants: FlagVariant[]
}

export interface DefinitionChange {
  name?: string
  description?: string
  clientVisible?: boolean
  kind?: FlagKind
  owner?: string | null
  tags?: string[]
  expectedRemoval?: string | null
  variants?: FlagVariant[]
}

export interface Stamp {
  by: string
  at: Date
}

export function createFlagsStore(db: Database | Tx) {
  /** The flag's counter after one more change. */
  async function bump(flagId: string, { by, at }: Stamp): Promise<number> {
    const { revision } = await db.flag.update({ where: { id: flagId }, data: { revision: { increment: 1 }, changedAt: at, changedBy: by }, select: { revision: true } })
    return revision
  }

  async function touchEnvironment(flagId: string, environmentId: string, stamp: Stamp, data: Prisma.FlagEnvironmentUpdateInput = {}): Promise<void> {
    const revision = await bump(flagId, stamp)
    await db.flagEnvironment.update({ where: { flagId_environmentId: { flagId, environmentId } }, data: { ...data, revision, changedAt: stamp.at, changedBy: stamp.by } })
  }

  async function find(projectId: string, key: string): Promise<FlagRecord | null> {
    const row = await db.flag.findUnique({ where: { projectId_key: { projectId, key } }, include: related })
    return row ? toRecord(row) : null
  }

  return {
    find,

    async get(projectId: string, key: string): Promise<FlagRecord> {
      const record = await find(projectId, key)
      if (!record) throw new AppError('not_found', `There is no flag with the key ${key}.`)
      return record
    },

    async getById(id: string): Promise<FlagRecord> {
      return toRecord(await db.flag.findUniqueOrThrow({ where: { id }, include: related }))
    },

    /** Every flag that is not archived, by key. */
    async records(projectId: string): Promise<FlagRecord[]> {
      return (await db.flag.findMany({ where: { projectId, archivedAt: null }, include: related, orderBy: { key: 'asc' } })).map(toRecord)
    },

    /** Flags with a rule that passes held-out units by, archived ones too. */
    async withHeldOutRules(projectId: string): Promise<FlagRecord[]> {
      return (await db.flag.findMany({ where: { projectId, rules: { some: { heldOut: true } } }, include: related, orderBy: { key: 'asc' } })).map(toRecord)
    },

    async insert(projectId: string, flag: NewFlag, environments: readonly { id: string; targeting: Targeting }[], { by, at }: Stamp): Promise<void> {
      const { variants, expectedRemoval, ...definition } = flag
      const { id } = await db.flag.create({ data: { projectId, ...definition, expectedRemoval: fromDay(expectedRemoval), createdAt: at, changedAt: at, changedBy: by, variants: { create: variants.map(variantColumns) } }, select: { id: true } })
      const states = environments.map((environment) => ({ environmentId: environment.id, ...stateColumns(environment.targeting) }))
      await db.flagEnvironment.createMany({ data: states.map(({ rules: _rules, ...state }) => ({ flagId: id, ...state, changedAt: at, changedBy: by })) })
      const rules = states.flatMap(({ environmentId, rules }) => rules.map((rule, position) => ({ flagId: id, environmentId, position, ...rule })))
      if (rules.length > 0) await db.rule.createMany({ data: rules })
    },

    /** Definitions of all flags of a project, for an environment that is added to it. */
    async definitions(projectId: string): Promise<{ id: string; revision: number; kind: FlagKind; type: FlagType; variants: FlagVariant[] }[]> {
      const rows = await db.flag.findMany({ where: { projectId }, include: { variants: { orderBy: { position: 'asc' } } } })
      return rows.map((row) => ({ id: row.id, revision: row.revision, kind: row.kind as FlagKind, type: row.type as FlagType, variants: row.variants.map(toVariant) }))
    },

    async insertStates(environmentId: string, states: readonly { flagId: string; revision: number; targeting: Targeting }[], { by, at }: Stamp): Promise<void> {
      await db.flagEnvironment.createMany({
        data: states.map(({ flagId, revision, targeting }) => {
          const { rules: _none, ...state } = stateColumns(targeting)
          return { flagId, environmentId, ...state, revision, changedAt: at, changedBy: by }
        }),
      })
    },

    async updateDefinition(flagId: string, change: DefinitionChange, stamp: Stamp): Promise<void> {
      const { variants, expectedRemoval, ...fields } = change
      const definedAt = await bump(flagId, stamp)
      await db.flag.update({ where: { id: flagId }, data: { ...fields, ...(expectedRemoval === undefined ? {} : { expectedRemoval: fromDay(expectedRemoval) }), definedAt } })
      if (!variants) return
      await db.variant.deleteMany({ where: { flagId } })
      await db.variant.createMany({ data: variants.map((variant, position) => ({ flagId, ...variantColumns(variant, position) })) })
    },

    async replaceTargeting(flagId: string, environmentId: string, targeting: Targeting, stamp: Stamp): Promise<void> {
      const { rules, ...state } = stateColumns(targeting)
      await touchEnvironment(flagId, environmentId, stamp, state)
      await db.rule.deleteMany({ where: { flagId, environmentId } })
      await db.rule.createMany({ data: rules.map((rule, position) => ({ flagId, environmentId, position, ...rule })) })
    },

    async setEnabled(flagId: string, environmentId: string, enabled: boolean, stamp: Stamp): Promise<void> {
      await touchEnvironment(flagId, environmentId, stamp, { enabled })
    },

    /** Puts a rule before the one with the id `before`, or behind all others. */
    async insertRule(flagId: string, environmentId: string, rule: TargetingRule, before: string | null, stamp: Stamp): Promise<void> {
      const next = before === null ? null : await db.rule.findUniqueOrThrow({ where: { flagId_environmentId_id: { flagId, environmentId, id: before } }, select: { position: true } })
      const last = await db.rule.aggregate({ where: { flagId, environmentId }, _max: { position: true } })
      const position = next?.position ?? (last._max.position ?? -1) + 1
      await db.rule.updateMany({ where: { flagId, environmentId, position: { gte: position } }, data: { position: { increment: 1 } } })
      await db.rule.create({ data: { flagId, environmentId, position, ...ruleColumns(rule) } })
      await touchEnvironment(flagId, environmentId, stamp)
    },

    /** False where the flag has no such rule. */
    async updateRule(flagId: string, environmentId: string, rule: TargetingRule, stamp: Stamp): Promise<boolean> {
      const { count } = await db.rule.updateMany({ where: { flagId, environmentId, id: rule.id }, data: ruleColumns(rule) })
      if (count > 0) await touchEnvironment(flagId, environmentId, stamp)
      return count > 0
    },

    /** Who last changed the definition, from the audit: the flag itself only knows its last change anywhere. */
    async lastDefinitionChange(projectId: string, key: string): Promise<{ by: string; at: Date } | null> {
      const entry = await db.auditEntry.findFirst({ where: { projectId, entityKind: 'flag', entityKey: key, environment: null }, orderBy: { seq: 'desc' }, select: { actorName: true, at: true } })
      return entry && { by: entry.actorName, at: entry.at }
    },
  }
}

function variantColumns(variant: FlagVariant, position: number) {
  return { key: variant.key, ...(variant.name === undefined ? {} : { name: variant.name }), value: variant.value as Prisma.InputJsonValue, position }
}

function stateColumns(targeting: Targeting) {
  return {
    enabled: targeting.enabled,
    offVariant: targeting.offVariant,
    prerequisites: targeting.prerequisites as unknown as Prisma.InputJsonValue,
    fallthrough: targeting.fallthrough as unknown as Prisma.InputJsonValue,
    rules: targeting.rules.map(ruleColumns),
  }
}

function ruleColumns(rule: TargetingRule) {
  return {
    id: rule.id,
    name: rule.name,
    condition: rule.when === undefined ? Prisma.DbNull : (rule.when as Prisma.InputJsonValue),
    serve: rule.serve as unknown as Prisma.InputJsonValue,
    heldOut: rule.heldOut ?? false,
  }
}

function toVariant(row: { key: string; name: string | null; value: unknown }): FlagVariant {
  return { key: row.key, ...(row.name === null ? {} : { name: row.name }), value: row.value as Json }
}

function toRule(row: RuleRow): TargetingRule {
  return {
    id: row.id,
    name: row.name,
    ...(row.condition === null ? {} : { when: row.condition as unknown as NonNullable<TargetingRule['when']> }),
    serve: row.serve as unknown as Serve,
    ...(row.heldOut ? { heldOut: true as const } : {}),
  }
}

function toStates(row: Row): RecordEnvironment[] {
  return [...row.environments].sort((a, b) => a.environment.position - b.environment.position).map((state) => ({
    id: state.environmentId,
    state: {
      environment: state.environment.key,
      revision: state.revision,
      targeting: {
        enabled: state.enabled,
        offVariant: state.offVariant,
        prerequisites: state.prerequisites as unknown as Prerequisite[],
        rules: row.rules.filter((rule) => rule.environmentId === state.environmentId).map(toRule),
        fallthrough: state.fallthrough as unknown as Serve,
      },
      changedAt: state.changedAt.toISOString(),
      changedBy: state.changedBy,
    },
  }))
}

function toRecord(row: Row): FlagRecord {
  const environments = toStates(row)
  return {
    id: row.id,
    projectId: row.projectId,
    revision: row.revision,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
    environments,
    running: row.experiments.filter((experiment) => experiment.status === 'running').map(({ key, environmentId, ruleId }) => ({ key, environmentId, ruleId })),
    detail: {
      key: row.key,
      name: row.name,
      description: row.description,
      kind: row.kind as FlagKind,
      type: row.type as FlagType,
      clientVisible: row.clientVisible,
      variants: row.variants.map(toVariant),
      owner: row.owner,
      tags: row.tags,
      expectedRemoval: toDay(row.expectedRemoval),
      archivedAt: row.archivedAt?.toISOString() ?? null,
      revision: row.definedAt,
      createdAt: row.createdAt.toISOString(),
      environments: environments.map(({ state }) => state),
      experiments: row.experiments.map((experiment) => ({ key: experiment.key, hypothesis: experiment.hypothesis.key, status: experiment.status, environment: experiment.environment.key, ruleId: experiment.ruleId })),
    },
  }
}

/** `2027-03-31`, from a column that holds a day. */
function toDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null
}

function fromDay(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`)
}
