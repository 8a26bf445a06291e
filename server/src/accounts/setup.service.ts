import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import { projectKeyOf } from '../projects/project-key.ts'
import { addProject } from '../projects/projects.service.ts'
import { commitChange, type CommitDeps } from '../rulesets/commit-change.service.ts'
import { createAccountsStore } from './accounts.store.ts'
import type { Passwords } from './passwords.service.ts'
import { createSecret, hashSecret, sameHash } from './secret.ts'
import { createSetupStore, type SetupState } from './setup.store.ts'

const DEFAULT_PROJECT = 'My project'

export interface Setup {
  /** Whether the first user still has to be created. */
  needed(): Promise<boolean>
  /** A new one-time token, which replaces the one before; null once the first user exists. */
  issueToken(): Promise<string | null>
}

export function createSetup({ db }: Pick<Base, 'db'>): Setup {
  const store = createSetupStore(db)
  return {
    needed: async () => !(await store.find()).done,
    async issueToken() {
      const token = createSecret()
      return (await store.setToken(hashSecret(token))) ? token : null
    },
  }
}

export interface FirstUser {
  token: string
  name: string
  email: string
  password: string
  /** Name of the first project. */
  project?: string
}

/** Creates the first user, who is admin of the first project; returns their id. Of set-ups at the same time exactly one succeeds. */
export async function completeSetup(deps: CommitDeps, passwords: Passwords, { token, name, email, password, project = DEFAULT_PROJECT }: FirstUser): Promise<string> {
  // Before the costly hash, and again under the lock.
  assertOpen(await createSetupStore(deps.db).find(), token)
  const passwordHash = await passwords.hash(password)
  const at = deps.now()
  const user = { id: uuidv7(at), name }
  const projectId = uuidv7(at)
  await commitChange(deps, projectId, async (tx) => {
    const store = createSetupStore(tx)
    assertOpen(await store.lock(), token)
    await store.complete(at)
    if (!(await createAccountsStore(tx).insertUser({ ...user, email: email.toLowerCase(), passwordHash, createdAt: at }))) throw new AppError('already_exists', `${email} has an account already.`)
    return { result: undefined, ...(await addProject(tx, user, { id: projectId, key: projectKeyOf(project), name: project }, at)) }
  })
  return user.id
}

function assertOpen({ done, tokenHash }: SetupState, token: string): void {
  if (done) throw new AppError('setup_done', 'The first user exists already: sign in.')
  if (tokenHash === null || !sameHash(hashSecret(token), tokenHash)) throw new AppError('invalid_setup_token', 'This set-up link is not the newest one: take the one that Assay printed at its last start.')
}
