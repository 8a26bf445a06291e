import { routes } from '../../contract/routes.ts'
import { createApi } from '../api.ts'
import { PASSWORD, startInstance } from '../test-server.ts'
import type { Stage } from './stage.ts'

const NEXT_PASSWORD = 'battery staple horse'

export async function callAccounts({ server, call, as, params }: Stage): Promise<void> {
  await callSetup(as)
  const invited = await call(routes.inviteMember, { params, body: { email: 'grace@example.com', name: 'Grace', role: 'viewer' } })
  const grace = as(server.anonymous())
  const token = new URL(invited.link, server.url).searchParams.get('token') ?? ''
  await grace(routes.acceptInvitation, { body: { token, password: PASSWORD } })
  await grace(routes.signIn, { body: { email: 'grace@example.com', password: PASSWORD } })
  await grace(routes.refreshSession)
  await grace(routes.getMe)
  await grace(routes.confirmPassword, { body: { password: PASSWORD } })
  await grace(routes.changePassword, { body: { current: PASSWORD, password: NEXT_PASSWORD } })
  await server.anonymous()(routes.signIn, { body: { email: 'grace@example.com', password: NEXT_PASSWORD } })
  const { sessions } = await grace(routes.listSessions)
  await grace(routes.endSession, { params: { session: sessions.find(({ current }) => !current)?.id ?? '' } })
  await grace(routes.endOtherSessions)
  await grace(routes.signOut)
  const { userId, revision } = invited.member
  await call(routes.listMembers, { params })
  await call(routes.changeMember, { params: { ...params, userId }, body: { basedOn: revision, role: 'engineer' } })
  await call(routes.endMemberSessions, { params: { ...params, userId } })
  await call(routes.removeMember, { params: { ...params, userId } })
}

export async function callApiTokens({ call, params }: Stage): Promise<void> {
  const { token } = await call(routes.createApiToken, { params, body: { name: 'Pipeline', role: 'engineer', expiresAt: new Date(Date.now() + 60 * 60_000).toISOString() } })
  await call(routes.listApiTokens, { params })
  await call(routes.revokeApiToken, { params: { ...params, token: token.id } })
}

/** The set-up is done once per installation. */
async function callSetup(as: Stage['as']): Promise<void> {
  const fresh = await startInstance({ env: { ASSAY_TRUST_PROXY: '1' } })
  try {
    const first = as(createApi(fresh.url))
    await first(routes.getSetup)
    await first(routes.completeSetup, { body: { token: (await fresh.deps.setup.issueToken()) ?? '', name: 'Ada', email: 'ada@example.com', password: PASSWORD, project: 'Shop' } })
  } finally {
    await fresh.close()
  }
}
