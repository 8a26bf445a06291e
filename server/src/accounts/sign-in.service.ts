import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import { createAccountsStore } from './accounts.store.ts'
import type { Passwords } from './passwords.service.ts'
import { hashSecret } from './secret.ts'

/** Whose password this is. An unknown person and a wrong password get the same answer after the same work. */
export async function checkPassword({ db }: Pick<Deps, 'db'>, passwords: Passwords, { email, password }: { email: string; password: string }): Promise<string> {
  const known = await createAccountsStore(db).credentials(email.toLowerCase())
  const matches = await passwords.verify(known?.passwordHash ?? null, password)
  if (!known || !matches) throw new AppError('invalid_credentials', 'The e-mail address or the password is wrong.')
  return known.id
}

/** Uses a one-time invitation up to give its person a password; returns their id. */
export async function acceptInvitation(deps: Pick<Deps, 'db' | 'now' | 'installation' | 'rulesets'>, passwords: Passwords, { token, password }: { token: string; password: string }): Promise<string> {
  const hash = hashSecret(token)
  const invited = await createAccountsStore(deps.db).invited(hash, deps.now())
  // An invitation is withdrawn when its person is removed from the project that made it.
  const [projectId] = invited?.projectIds ?? []
  if (!invited || projectId === undefined) throw usedUp()
  const passwordHash = await passwords.hash(password)
  return commitChange(deps, projectId, async (tx) => {
    const at = deps.now()
    if (!(await createAccountsStore(tx).accept(hash, passwordHash, at))) throw usedUp()
    return {
      result: invited.id,
      audit: [{ at, actor: { id: invited.id, name: invited.name }, action: 'member.joined', entityKind: 'member', entityKey: invited.email, after: { name: invited.name } }],
      environments: [],
    }
  })
}

function usedUp(): AppError {
  return new AppError('not_found', 'This invitation was used, has expired or was withdrawn. Ask for a new one.')
}
