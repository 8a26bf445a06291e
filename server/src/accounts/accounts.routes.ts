import type express from 'express'
import type { Me } from '../contract/accounts.ts'
import type { BrowserSession } from '../contract/sessions.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createAccountsStore } from './accounts.store.ts'
import { createPasswordCheck } from './confirm-password.service.ts'
import { endMemberSessions, endOtherSessions, endSession, setPassword } from './end-sessions.service.ts'
import { changeMember, inviteMember, removeMember } from './members.service.ts'
import { createPasswords } from './passwords.service.ts'
import type { Browser, CurrentSession, SignedIn } from './sessions.service.ts'
import { createSessionsStore, type LiveSession } from './sessions.store.ts'
import { completeSetup } from './setup.service.ts'
import { acceptInvitation, checkPassword } from './sign-in.service.ts'
import { readUserAgent } from './user-agent.ts'

export function registerAccountRoutes(on: Registrar, deps: Deps): void {
  const accounts = createAccountsStore(deps.db)
  const passwords = createPasswords()
  const assertPassword = createPasswordCheck(deps, passwords)

  async function answer(res: express.Response, { userId, setCookies }: SignedIn): Promise<Me> {
    setCookies.forEach((line) => res.append('Set-Cookie', line))
    return accounts.me(userId)
  }

  on(routes.getSetup, async () => ({ needed: await deps.setup.needed() }))

  on(routes.completeSetup, async ({ body, req, res }) => {
    const userId = await completeSetup(deps, passwords, body)
    return answer(res, await deps.sessions.open(userId, browserOf(req)))
  })

  on(routes.signIn, async ({ body, req, res }) => {
    const userId = await checkPassword(deps, passwords, body)
    return answer(res, await deps.sessions.open(userId, browserOf(req)))
  })

  on(routes.acceptInvitation, async ({ body, req, res }) => {
    const userId = await acceptInvitation(deps, passwords, body)
    return answer(res, await deps.sessions.open(userId, browserOf(req)))
  })

  on(routes.refreshSession, async ({ req, res }) => answer(res, await deps.sessions.refresh(browserOf(req))))

  on(routes.signOut, async ({ req, res }) => {
    const clearing = await deps.sessions.end(browserOf(req))
    clearing.forEach((line) => res.append('Set-Cookie', line))
  })

  on(routes.getMe, ({ actor }) => accounts.me(actor.id))

  on(routes.confirmPassword, async ({ actor, body, req, res }) => {
    await assertPassword(actor.id, body.password)
    return answer(res, await deps.sessions.open(actor.id, browserOf(req)))
  })

  on(routes.changePassword, async ({ actor, body, req, res }) => {
    await assertPassword(actor.id, body.current)
    await setPassword(deps, actor, await passwords.hash(body.password))
    return answer(res, await deps.sessions.open(actor.id, browserOf(req)))
  })

  on(routes.listSessions, async ({ actor, req }) => {
    const current = await deps.sessions.current(req.get('cookie'))
    return { sessions: (await createSessionsStore(deps.db).live(actor.id, deps.now())).map((session) => viewSession(session, current)) }
  })

  on(routes.endOtherSessions, async ({ actor, req }) => endOtherSessions(deps, actor, (await deps.sessions.current(req.get('cookie')))?.id ?? null))

  on(routes.endSession, ({ actor, params }) => endSession(deps, actor, params.session))

  on(routes.endMemberSessions, ({ project, actor, params }) => endMemberSessions(deps, project.id, actor, params.userId))

  on(routes.listMembers, async ({ project }) => ({ members: await accounts.members(project.id) }))

  on(routes.inviteMember, ({ project, actor, body }) => inviteMember(deps, project.id, actor, body))

  on(routes.changeMember, ({ project, actor, params, body }) => changeMember(deps, project.id, actor, params.userId, body.basedOn, body.role))

  on(routes.removeMember, ({ project, actor, params }) => removeMember(deps, project.id, actor, params.userId))
}

function viewSession({ id, userAgent, createdAt, lastActiveAt }: LiveSession, current: CurrentSession | null): BrowserSession {
  return { id, ...readUserAgent(userAgent), signedInAt: createdAt.toISOString(), lastActiveAt: lastActiveAt.toISOString(), current: id === current?.id }
}

function browserOf(req: express.Request): Browser {
  return { cookie: req.get('cookie'), userAgent: req.get('user-agent') ?? '' }
}
