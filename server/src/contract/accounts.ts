import * as z from 'zod/mini'
import { email, instant, password, revision, slug, title } from './fields.ts'
import { roles } from './roles.ts'
import { defineRoutes } from './route.ts'

export const role = z.enum(roles)

const project = z.object({ key: slug, name: title, role })
/** The person signed in, and the projects they may see. */
export const me = z.object({ id: z.string(), email: z.string(), name: z.string(), projects: z.array(project) })
export type Me = z.infer<typeof me>

export const member = z.object({ userId: z.string(), email: z.string(), name: z.string(), role, /** Of the role. */ revision, invited: z.boolean(), lastSeenAt: z.nullable(instant) })
export type Member = z.infer<typeof member>

const invitation = z.object({ member, /** One-time path of the admin UI that lets the person choose a password; shown once. */ link: z.string() })

/** What the forms send, and check by before they do. */
export const firstUser = z.strictObject({ token: z.string(), name: title, email, password, project: z.exactOptional(title) })
export const acceptedInvitation = z.strictObject({ token: z.string(), password })
export const newMember = z.strictObject({ email, name: title, role })

export const accountRoutes = defineRoutes({
  getSetup: { method: 'GET', path: '/api/v1/setup', summary: 'Whether the first user still has to be created', access: 'public', response: z.object({ needed: z.boolean() }) },
  completeSetup: {
    method: 'POST', path: '/api/v1/setup', summary: 'Create the first user with the one-time token printed at start, and sign in', access: 'public',
    body: firstUser, response: me, status: 201,
  },
  signIn: { method: 'POST', path: '/api/v1/session', summary: 'Sign in', access: 'public', body: z.strictObject({ email, password: z.string().check(z.maxLength(256)) }), response: me },
  refreshSession: { method: 'POST', path: '/api/v1/session/refresh', summary: 'Exchange the refresh cookie for a new pair; re-use of an old one ends the session', access: 'public', response: me },
  signOut: { method: 'DELETE', path: '/api/v1/session', summary: 'Sign out of this session', access: 'public', status: 204 },
  getMe: { method: 'GET', path: '/api/v1/me', summary: 'The person signed in', access: 'session', response: me },
  acceptInvitation: { method: 'POST', path: '/api/v1/invitations/accept', summary: 'Choose a password with a one-time invitation token, and sign in', access: 'public', body: acceptedInvitation, response: me },
  listMembers: { method: 'GET', path: '/api/v1/projects/:project/members', summary: 'Members of a project and their roles', access: 'project.read', response: z.object({ members: z.array(member) }) },
  inviteMember: { method: 'POST', path: '/api/v1/projects/:project/members', summary: 'Invite a person', access: 'member.write', asksPassword: true, body: newMember, response: invitation, status: 201 },
  changeMember: { method: 'PATCH', path: '/api/v1/projects/:project/members/:userId', summary: "Change a member's role", access: 'member.write', asksPassword: true, body: z.strictObject({ basedOn: revision, role }), response: member },
  removeMember: { method: 'DELETE', path: '/api/v1/projects/:project/members/:userId', summary: 'Remove a member, whatever the revision: taking access away never waits', access: 'member.write', status: 204 },
})
