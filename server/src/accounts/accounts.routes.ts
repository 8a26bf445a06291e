import type express from 'express'
import type { Me } from '../contract/accounts.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { createAccountsStore } from './accounts.store.ts'
import { changeMember, inviteMember, removeMember } from './members.service.ts'
import { createPasswords } from './passwords.service.ts'
import type { Browser, SignedIn } from './sessions.service.ts'
import { completeSetup } from './setup.service.ts'
import { acceptInvitation, checkPassword } from './sign-in.service.ts'

export function registerAccountRoutes(on: Registrar, deps: Deps): void {
  const accounts = createAccountsStore(deps.db)
  const passwords = createPasswords()

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

  on(routes.listMembers, async ({ project }) => ({ members: await accounts.members(project.id) }))

  on(routes.inviteMember, ({ project, actor, body }) => inviteMember(deps, project.id, actor, body))

  on(routes.changeMember, ({ project, actor, params, body }) => changeMember(deps, project.id, actor, params.userId, body.basedOn, body.role))

  on(routes.removeMember, ({ project, actor, params }) => removeMember(deps, project.id, actor, params.userId))
}

function browserOf(req: express.Request): Browser {
  return { cookie: req.get('cookie'), userAgent: req.get('user-agent') ?? '' }
}
