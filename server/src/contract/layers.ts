import * as z from 'zod/mini'
import { buckets, flagKey, instant, reason, slug, title } from './fields.ts'
import { defineRoutes } from './route.ts'

/** Experiments that share a layer never share a unit: each takes a part of the layer's buckets. */
export const layer = z.object({
  key: slug,
  name: z.string(),
  unit: slug,
  createdAt: instant,
  createdBy: z.string(),
  /** What takes which buckets, of 100,000. */
  taken: z.array(z.object({ flag: flagKey, environment: slug, rule: z.nullable(z.string()), experiment: z.nullable(z.string()), from: buckets, to: buckets })),
})
export type Layer = z.infer<typeof layer>

/** Units kept out of every experiment and of what experiments shipped, to measure what all of it amounts to. */
export const holdout = z.object({ key: slug, name: z.string(), unit: slug, /** Held-out buckets of 100,000: `[from, to)`. */ from: buckets, to: buckets, createdAt: instant, createdBy: z.string() })
export type Holdout = z.infer<typeof holdout>

export const newLayer = z.strictObject({ key: slug, name: title, unit: slug })
export const newHoldout = z.strictObject({ key: slug, name: title, unit: slug, /** Of 100,000 buckets. */ share: z.int().check(z.gte(1, 'Hold out at least one bucket of 100,000.'), z.lte(50_000, 'Hold out at most half.')), reason: z.exactOptional(reason) })

export const layerRoutes = defineRoutes({
  listLayers: { method: 'GET', path: '/api/v1/projects/:project/layers', summary: 'Layers and who takes which part of them', access: 'project.read', response: z.object({ layers: z.array(layer) }) },
  createLayer: { method: 'POST', path: '/api/v1/projects/:project/layers', summary: 'Create a layer', access: 'layer.write', body: newLayer, response: layer, status: 201 },
  deleteLayer: { method: 'DELETE', path: '/api/v1/projects/:project/layers/:layer', summary: 'Delete a layer that nothing uses', access: 'layer.write', status: 204 },
  listHoldouts: { method: 'GET', path: '/api/v1/projects/:project/holdouts', summary: 'Holdouts in force', access: 'project.read', response: z.object({ holdouts: z.array(holdout) }) },
  createHoldout: {
    method: 'POST', path: '/api/v1/projects/:project/holdouts', summary: 'Hold a share of units out of all experiments from now on', access: 'layer.write',
    body: newHoldout, response: holdout, status: 201,
  },
  releaseHoldout: { method: 'DELETE', path: '/api/v1/projects/:project/holdouts/:holdout', summary: 'Release a holdout: its units take part again', access: 'layer.write', status: 204 },
})
