import { Prisma, type Database, type Tx } from '../platform/postgres.ts'
import type { FlagDetail, FlagEnvironment, FlagKind, FlagSummary, FlagVariant, Targeting, TargetingRule } from '../contract/flags.ts'
import type { FlagType, Json, Prerequisite, Serve } from '@assay/sdk/core'

const related = {
  variants: { orderBy: { position: 'asc' } },
  environments: { include: { environment: { select: { id: true, key: true, position: true } } } },
  rules: { orderBy: { position: 'asc' } },
  _count: { select: { changes: { where: { status: { in: ['open', 'approved', 'scheduled', 'conflicted'] } } } } },
  experiments: { orderBy: { createdAt: 'desc' }, select: { key: true, status: true, ruleId: true, environmentId: true, environment: { select: { key: true } }, hypothesis: { select: { key: true, level: true } } } },
} as const satisfies Prisma.FlagInclude

type Row = Prisma.FlagGetPayload<{ include: typeof related }>
type RuleRow = Row['rules'][number]

/** A flag with the identities that a change needs. */
export interface FlagRecord {
  id: string
  /** Counts every change of the flag, in any environment. */
  revision: number
  changedAt: string
  changedBy: string
  detail: FlagDetail
  environments: { id: string; state: FlagEnvironment }[]
  /** Running experiments and the rule each has put on the flag. */
  running: { key: string; environmentId: string; ruleId: string | null }[]
}

export interface NewFlag {
  key: string
  name: string
  description: string
  kind: FlagKind
  type: FlagType
  clientVisible: boolean
  owner: string
  variants: FlagVariant[]
}

export interface DefinitionChange {
  name?: string
  description?: string
  clientVisible?: boolean
  variants?: FlagVariant[]
}

interface Stamp {
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

  return {
    /** Newest change first. `search` looks into key, name and description. */
    async list(projectId: string, search = ''): Promise<FlagSummary[]> {
      const contains = { contains: likeText(search), mode: 'insensitive' } as const
      const rows = await db.flag.findMany({
        where: { projectId, ...(search === '' ? {} : { OR: [{ key: contains }, { name: contains }, { description: contains }] }) },
        include: related,
        orderBy: [{ changedAt: 'desc' }, { key: 'asc' }],
      })
      return rows.map(toSummary)
    },

    async find(projectId: string, key: string): Promise<FlagRecord | null> {
      const row = await db.flag.findUnique({ where: { projectId_key: { projectId, key } }, include: related })
      return row ? toRecord(row) : null
    },

    async environments(projectId: string): Promise<{ id: string; key: string }[]> {
      return db.environment.findMany({ where: { projectId }, select: { id: true, key: true }, orderBy: { position: 'asc' } })
    },

    async insert(projectId: string, flag: NewFlag, environmentIds: readonly string[], targeting: Targeting, { by, at }: Stamp): Promise<void> {
      const { variants, ...definition } = flag
      const { id } = await db.flag.create({ data: { projectId, ...definition, createdAt: at, changedAt: at, changedBy: by, variants: { create: variants.map(variantColumns) } }, select: { id: true } })
      const { rules: _none, ...state } = stateColumns(targeting)
      await db.flagEnvironment.createMany({ data: environmentIds.map((environmentId) => ({ flagId: id, environmentId, ...state, changedAt: at, changedBy: by })) })
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
      const { variants, ...fields } = change
      const definedAt = await bump(flagId, stamp)
      await db.flag.update({ where: { id: flagId }, data: { ...fields, definedAt } })
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

    async appendRule(flagId: string, environmentId: string, rule: TargetingRule, stamp: Stamp): Promise<void> {
      const last = await db.rule.aggregate({ where: { flagId, environmentId }, _max: { position: true } })
      await db.rule.create({ data: { flagId, environmentId, position: (last._max.position ?? -1) + 1, ...ruleColumns(rule) } })
      await touchEnvironment(flagId, environmentId, stamp)
    },

    /** False where the flag has no such rule. */
    async updateRule(flagId: string, environmentId: string, rule: TargetingRule, stamp: Stamp): Promise<boolean> {
      const { count } = await db.rule.updateMany({ where: { flagId, environmentId, id: rule.id }, data: ruleColumns(rule) })
      if (count > 0) await touchEnvironment(flagId, environmentId, stamp)
      return count > 0
    },

    /** False where the flag has no such rule. */
    /** Who last changed the definition, from the audit: the flag itself only knows its last change anywhere. */
    async lastDefinitionChange(projectId: string, key: string): Promise<{ by: string; at: Date } | null> {
      const entry = await db.auditEntry.findFirst({ where: { projectId, entityKind: 'flag', entityKey: key, environment: null }, orderBy: { seq: 'desc' }, select: { actorName: true, at: true } })
      return entry && { by: entry.actorName, at: entry.at }
    },
  }
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
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

function toStates(row: Row): { id: string; state: FlagEnvironment }[] {
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

function toSummary(row: Row): FlagSummary {
  const experiment = row.experiments.find((candidate) => candidate.status === 'running') ?? row.experiments[0]
  return {
    key: row.key,
    name: row.name,
    kind: row.kind as FlagKind,
    type: row.type as FlagType,
    owner: row.owner,
    tags: row.tags,
    clientVisible: row.clientVisible,
    expectedRemoval: toDay(row.expectedRemoval),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    openChanges: row._count.changes,
    variants: row.variants.map(({ key, name }) => ({ key, ...(name === null ? {} : { name }) })),
    environments: toStates(row).map(({ state: { environment, targeting } }) => ({ environment, enabled: targeting.enabled, rules: targeting.rules.length, fallthrough: targeting.fallthrough, offVariant: targeting.offVariant })),
    experiment: experiment ? { key: experiment.key, hypothesis: experiment.hypothesis.key, level: experiment.hypothesis.level, status: experiment.status } : null,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
  }
}
