import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { createAttempts } from '../http/rate-limit.ts'
import { createAccountsStore } from './accounts.store.ts'
import type { Passwords } from './passwords.service.ts'

const LIMIT = { max: 10, windowMs: 15 * 60_000 }

/** Checks the password of somebody who is signed in: whoever has only their session does not know it, and may not try for long. */
export function createPasswordCheck({ db, now }: Pick<Deps, 'db' | 'now'>, passwords: Passwords) {
  const attempts = createAttempts(LIMIT, () => now().getTime())
  return async (userId: string, password: string): Promise<void> => {
    const wait = attempts.take(userId)
    if (wait !== null) throw new AppError('rate_limited', `Too many passwords were wrong. Try again in ${Math.ceil(wait / 60)} minutes.`)
    const hash = await createAccountsStore(db).passwordHash(userId)
    if (!(await passwords.verify(hash, password))) throw new AppError('wrong_password', 'This is not your password.')
    attempts.refund(userId)
  }
}
