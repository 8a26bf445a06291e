import * as z from 'zod/mini'
import { me } from './accounts.ts'
import { instant, password } from './fields.ts'
import { defineRoutes } from './route.ts'

/** A browser that somebody is signed in with, by what it says about itself. No address is kept. */
export const browserSession = z.object({
  id: z.string(),
  /** Such as `Firefox 140`; null where it does not say. */
  browser: z.nullable(z.string()),
  system: z.nullable(z.string()),
  /** When the password was given. */
  signedInAt: instant,
  /** At most five minutes off. */
  lastActiveAt: instant,
  /** The one that asks. */
  current: z.boolean(),
})
export type BrowserSession = z.infer<typeof browserSession>

const ended = z.object({ /** How many sessions were ended. */ ended: z.int() })
const givenPassword = z.string().check(z.maxLength(256))
export const newPassword = z.strictObject({ current: givenPassword, password })

export const sessionRoutes = defineRoutes({
  confirmPassword: { method: 'POST', path: '/api/v1/session/confirm', summary: 'Give your password again, for what asks for it: this session is replaced by a new one', access: 'session', body: z.strictObject({ password: givenPassword }), response: me },
  changePassword: { method: 'POST', path: '/api/v1/me/password', summary: 'Change your password; every session is ended, and this browser gets a new one', access: 'session', body: newPassword, response: me },
  listSessions: { method: 'GET', path: '/api/v1/me/sessions', summary: 'Browsers that you are signed in with', access: 'session', response: z.object({ sessions: z.array(browserSession) }) },
  endOtherSessions: { method: 'DELETE', path: '/api/v1/me/sessions', summary: 'Sign out of every other browser', access: 'session', response: ended },
  endSession: { method: 'DELETE', path: '/api/v1/me/sessions/:session', summary: 'Sign out of one browser', access: 'session', status: 204 },
  endMemberSessions: { method: 'DELETE', path: '/api/v1/projects/:project/members/:userId/sessions', summary: 'Sign a member out of every browser', access: 'member.write', response: ended },
})
