import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { createFlag, explainFlag, saveTargeting, turnOff, turnOn, updateFlag } from './flags.service.ts'
import { createFlagsStore } from './flags.store.ts'

export function registerFlagRoutes(on: Registrar, deps: Deps): void {
  const store = createFlagsStore(deps.db)

  on(routes.listFlags, async ({ project, query }) => ({ flags: await store.list(project.id, query.search?.trim()) }))

  on(routes.getFlag, async ({ project, params }) => {
    const record = await store.find(project.id, params.flag)
    if (!record) throw new AppError('not_found', `There is no flag with the key ${params.flag}.`)
    return record.detail
  })

  on(routes.createFlag, ({ project, actor, body }) => createFlag(deps, project.id, actor, { ...body, description: body.description ?? '', clientVisible: body.clientVisible ?? false }))

  on(routes.updateFlag, ({ project, actor, params, body: { basedOn, reason, ...change } }) => updateFlag(deps, project.id, actor, params.flag, basedOn, change, reason))

  on(routes.saveTargeting, ({ project, actor, params, body }) => saveTargeting(deps, project.id, actor, params, body.basedOn, body.targeting, body.reason))

  on(routes.turnOn, ({ project, actor, params, body }) => turnOn(deps, project.id, actor, params, body.basedOn, body.reason))

  on(routes.turnOff, ({ project, actor, params, body }) => turnOff(deps, project.id, actor, params, body.reason))

  on(routes.explainFlag, ({ project, actor, params, body }) => explainFlag(deps, project.id, actor, params, body.reason))
}
