import type { Serve } from '@assay/sdk/core'
import type { Holdout, Layer } from '../contract/layers.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import { takenIn, type Taken } from './taken-in.ts'

type LayerRow = Awaited<ReturnType<Database['layer']['findMany']>>[number]
type HoldoutRow = Awaited<ReturnType<Database['holdout']['findMany']>>[number]

export type NewLayer = Pick<LayerRow, 'key' | 'name' | 'unit' | 'salt'>
export type NewHoldout = Pick<HoldoutRow, 'key' | 'name' | 'unit' | 'salt' | 'from' | 'to'>

interface Stamp {
  by: string
  at: Date
}

export function createLayersStore(db: Database | Tx) {
  return {
    async layers(projectId: string): Promise<Layer[]> {
      const taken = takenIn(await serves(projectId))
      const rows = await db.layer.findMany({ where: { projectId }, orderBy: [{ name: 'asc' }, { key: 'asc' }] })
      return rows.map((row) => toLayer(row, taken.get(row.key) ?? []))
    },

    async insertLayer(projectId: string, layer: NewLayer, { by, at }: Stamp): Promise<Layer> {
      return toLayer(await db.layer.create({ data: { projectId, ...layer, createdBy: by, createdAt: at } }), [])
    },

    async removeLayer(projectId: string, key: string): Promise<void> {
      await db.layer.delete({ where: { projectId_key: { projectId, key } } })
    },

    async holdouts(projectId: string): Promise<Holdout[]> {
      return (await db.holdout.findMany({ where: { projectId }, orderBy: [{ name: 'asc' }, { key: 'asc' }] })).map(toHoldout)
    },

    async insertHoldout(projectId: string, holdout: NewHoldout, { by, at }: Stamp): Promise<Holdout> {
      return toHoldout(await db.holdout.create({ data: { projectId, ...holdout, createdBy: by, createdAt: at } }))
    },

    async removeHoldout(projectId: string, key: string): Promise<void> {
      await db.holdout.delete({ where: { projectId_key: { projectId, key } } })
    },

    /** Whether a holdout ever had this key. */
    async holdoutCreated(projectId: string, key: string): Promise<boolean> {
      return (await db.auditEntry.count({ where: { projectId, entityKind: 'holdout', entityKey: key, action: 'holdout.created' } })) > 0
    },
  }

  /** Splits that name a layer, also of archived flags, which may come back. */
  async function serves(projectId: string): Promise<{ flag: string; environment: string; rule: string | null; serve: Serve }[]> {
    return db.$queryRaw`
      SELECT f."key" AS "flag", e."key" AS "environment", r."id" AS "rule", r."serve" AS "serve" FROM "rule" r JOIN "flag" f ON f."id" = r."flagId" JOIN "environment" e ON e."id" = r."environmentId"
      WHERE f."projectId" = ${projectId}::uuid AND r."serve" ? 'layer'
      UNION ALL
      SELECT f."key", e."key", NULL, s."fallthrough" FROM "flag_environment" s JOIN "flag" f ON f."id" = s."flagId" JOIN "environment" e ON e."id" = s."environmentId"
      WHERE f."projectId" = ${projectId}::uuid AND s."fallthrough" ? 'layer'`
  }
}

function toLayer({ key, name, unit, createdAt, createdBy }: LayerRow, taken: Taken[]): Layer {
  return { key, name, unit, createdAt: createdAt.toISOString(), createdBy, taken }
}

function toHoldout({ key, name, unit, from, to, createdAt, createdBy }: HoldoutRow): Holdout {
  return { key, name, unit, from, to, createdAt: createdAt.toISOString(), createdBy }
}
