import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../http/app-error.ts'

/** Argon2id with OWASP's parameters: about 35 ms and 19 MiB per password. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }
/** More at a time would starve the thread pool that the stores need. */
const AT_ONCE = 2
const QUEUE = 32
/** Verified where nobody has the e-mail address, so that the time an answer takes tells nothing. No password has this hash. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy10aGlzLQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for a null hash as for any other, and answers false. */
  verify(passwordHash: string | null, password: string): Promise<boolean>
}

export function createPasswords(): Passwords {
  let running = 0
  const waiting: (() => void)[] = []

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= QUEUE) throw new AppError('rate_limited', 'Too many people are signing in at this moment. Try again in a few seconds.')
      await new Promise<void>((resolve) => { waiting.push(resolve) })
    } else running += 1
    try {
      return await work()
    } finally {
      // The place goes to the next in the queue, or is given back.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, PARAMETERS)),
    verify: (passwordHash, password) => inTurn(async () => (await verify(passwordHash ?? NOBODY, password)) && passwordHash !== null),
  }
}
