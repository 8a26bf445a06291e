import { isDeepStrictEqual } from 'node:util'
import { createAccountsStore } from '../accounts/accounts.store.ts'
import { assertBasedOnAudited } from '../audit/audited-revision.service.ts'
import { conditionIssues } from '../contract/metric-issues.ts'
import type { Project } from '../contract/projects.ts'
import { createEnvironmentsStore, type NewEnvironment } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import type { Actor } from '../http/register.ts'
import type { Tx } from '../platform/postgres.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { commitChange, type Change, type CommitDeps } from '../rulesets/commit-change.service.ts'
import { checkUnitTypes } from './check-unit-types.ts'
import { createProjectsStore, type ProjectSettings } from './projects.store.ts'

const STARTING_ENVIRONMENTS: readonly NewEnvironment[] = [
  { key: 'development', name: 'Development', production: false },
  { key: 'staging', name: 'Staging', production: false },
  { key: 'production', name: 'Production', production: true },
]

export interface NewProject {
  id: string
  key: string
  name: string
}

/** Whoever creates a project is its first admin. */
export async function createProject(deps: CommitDeps, actor: Actor, { key, name }: { key: string; name: string }): Promise<Project> {
  const at = deps.now()
  const id = uuidv7(at)
  await commitChange(deps, id, async (tx) => ({ result: undefined, ...(await addProject(tx, actor, { id, key, name }, at)) }))
  return createProjectsStore(deps.db).get(id)
}

/** Adds a project with its environments and its first admin. For use inside `commitChange` under the new project's id. */
export async function addProject(tx: Tx, owner: Actor, project: NewProject, at: Date): Promise<Omit<Change<void>, 'result'>> {
  const accounts = createAccountsStore(tx)
  if (!(await createProjectsStore(tx).insert({ ...project, createdAt: at }))) throw new AppError('already_exists', `A project with the key ${project.key} exists already.`)
  await accounts.insertMember(project.id, owner.id, 'admin', at)
  const member = await accounts.member(project.id, owner.id)
  if (!member) throw new Error('The admin of the project that was just added is not there.')
  return {
    audit: [
      { at, actor: owner, action: 'project.created', entityKind: 'project', entityKey: project.key, after: { name: project.name, environments: STARTING_ENVIRONMENTS } },
      { at, actor: owner, action: 'member.added', entityKind: 'member', entityKey: member.email, after: { name: member.name, role: member.role } },
    ],
    environments: await createEnvironmentsStore(tx).append(project.id, STARTING_ENVIRONMENTS, at),
  }
}

export async function updateProject(deps: CommitDeps, projectId: string, actor: Actor, basedOn: number, change: Partial<ProjectSettings>): Promise<Project> {
  return commitChange(deps, projectId, async (tx) => {
    const store = createProjectsStore(tx)
    const project = await store.get(projectId)
    const { key, ...before } = settingsOf(project)
    await assertBasedOnAudited(tx, projectId, { kind: 'project', key }, project, basedOn, change, `The project ${project.name}`)
    const after = { ...before, ...change }
    if (change.unitTypes) await assertUnitTypes(tx, projectId, change.unitTypes)
    assertBots(change.bots ?? [])
    if (!isDeepStrictEqual(before, after)) await store.update(projectId, after)
    return {
      result: await store.get(projectId),
      audit: isDeepStrictEqual(before, after) ? [] : [{ at: deps.now(), actor, action: 'project.changed', entityKind: 'project', entityKey: key, before, after }],
      environments: [],
    }
  })
}

function assertBots(bots: ProjectSettings['bots']): void {
  const issues = bots.flatMap((condition, index) => conditionIssues(condition, `bots.${index}`))
  if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })
}

async function assertUnitTypes(tx: Tx, projectId: string, unitTypes: ProjectSettings['unitTypes']): Promise<void> {
  const issues = checkUnitTypes(unitTypes)
  if (issues.length > 0) throw new AppError('invalid_request', issues.map((issue) => issue.message).join(' '), { details: issues })
  const lost = (await createProjectsStore(tx).unitTypesInUse(projectId)).find(({ unitType }) => !unitTypes.some(({ key }) => key === unitType))
  if (lost) throw new AppError('wrong_state', `The unit type ${lost.unitType} cannot be removed: ${lost.by} uses it.`, { details: lost })
}

function settingsOf({ key, name, unitTypes, bots }: Project): ProjectSettings & { key: string } {
  return { key, name, unitTypes, bots }
}
