import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { cloneFlag } from './clone-flag.service.ts'
import { comparedFlags } from './compared-flags.ts'
import { createFlagList } from './flag-list.service.ts'
import { createFlag, explainFlag, promote, restoreDefinition, restoreTargeting, saveTargeting, turnOff, turnOn, updateFlag } from './flags.service.ts'
import { createFlagsStore } from './flags.store.ts'
import { archiveFlag, deleteFlag, unarchiveFlag } from './retire-flag.service.ts'

/** Flags of a page, unless told. */
const PAGE = 100

export function registerFlagRoutes(on: Registrar, deps: Deps): void {
  const store = createFlagsStore(deps.db)
  const list = createFlagList(deps)

  on(routes.listFlags, ({ project, actor, query: { sort, order, cursor, limit, ...filter } }) =>
    list.page({ projectId: project.id, me: actor.name, filter, order: { ...(sort === undefined ? {} : { sort }), ...(order === undefined ? {} : { direction: order }) }, cursor, limit: limit ?? PAGE }))

  on(routes.listFlagNames, async ({ project, actor, query: { flags, ...filter } }) => ({ flags: await list.names({ projectId: project.id, me: actor.name, filter }, flags?.split(',')) }))

  on(routes.countFlags, ({ project, actor }) => list.counts(project.id, actor.name))

  on(routes.getFlag, async ({ project, params }) => (await store.get(project.id, params.flag)).detail)

  on(routes.createFlag, ({ project, actor, body }) =>
    createFlag(deps, project.id, actor, { ...body, description: body.description ?? '', clientVisible: body.clientVisible ?? false, tags: body.tags ?? [], expectedRemoval: body.expectedRemoval ?? null }))

  on(routes.updateFlag, ({ project, actor, params, body: { basedOn, reason, bypass, ...change } }) => updateFlag(deps, project, actor, params.flag, { basedOn, ...(reason === undefined ? {} : { reason }), ...(bypass ? { bypass } : {}) }, change))

  on(routes.restoreDefinition, ({ project, actor, params, body: { revision, ...write } }) => restoreDefinition(deps, project, actor, params.flag, revision, write))

  on(routes.cloneFlag, ({ project, actor, params, body }) => cloneFlag(deps, project.id, actor, params.flag, body))

  on(routes.archiveFlag, ({ project, actor, params, body }) => archiveFlag(deps, project.id, actor, params.flag, body.basedOn, body.reason))

  on(routes.unarchiveFlag, ({ project, actor, params, body }) => unarchiveFlag(deps, project.id, actor, params.flag, body.reason))

  on(routes.deleteFlag, ({ project, actor, params }) => deleteFlag(deps, project.id, actor, params.flag))

  on(routes.saveTargeting, ({ project, actor, params, body: { targeting, ...write } }) => saveTargeting(deps, project, actor, params, targeting, write))

  on(routes.turnOn, ({ project, actor, params, body }) => turnOn(deps, project, actor, params, body))

  on(routes.turnOff, ({ project, actor, params, body }) => turnOff(deps, project.id, actor, params, body.reason))

  on(routes.explainFlag, ({ project, actor, params, body }) => explainFlag(deps, project.id, actor, params, body.reason))

  on(routes.promoteTargeting, ({ project, actor, params, body: { from, ...write } }) => promote(deps, project, actor, params, from, write))

  on(routes.restoreTargeting, ({ project, actor, params, body: { revision, ...write } }) => restoreTargeting(deps, project, actor, params, revision, write))

  on(routes.compareEnvironments, async ({ project, query }) => ({ flags: comparedFlags(await store.records(project.id), query.from, query.to) }))
}
