import { routes, type Role, type RouteBodyInput, type Routes } from '@assay/server/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { useProjectKey } from '../../api/project.ts'
import { conflictOf } from '../../ui/conflict/conflict-of.ts'

/** What a change makes stale: lists of the project, the project itself, and what the person signed in may do. */
function useStale(...parts: ('members' | 'keys' | 'project' | 'changes' | 'change' | 'me')[]) {
  const client = useQueryClient()
  const project = useProjectKey()
  return () => Promise.all(parts.map((part) => client.invalidateQueries({ queryKey: part === 'me' ? [part] : [part, project] })))
}

export function useInvite() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['inviteMember']>) => call(routes.inviteMember, { params: { project }, body }), onSuccess: useStale('members') })
}

export function useChangeRole() {
  const project = useProjectKey()
  const stale = useStale('members', 'me')
  return useMutation({
    mutationFn: ({ userId, ...body }: { userId: string; basedOn: number; role: Role }) => call(routes.changeMember, { params: { project, userId }, body }),
    onSuccess: stale,
    // The row shows what somebody else has made of it.
    onError: (error) => (conflictOf(error) ? stale() : undefined),
  })
}

export function useSignOutMember() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (userId: string) => call(routes.endMemberSessions, { params: { project, userId } }) })
}

export function useRemoveMember() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (userId: string) => call(routes.removeMember, { params: { project, userId } }), onSuccess: useStale('members') })
}

export function useCreateKey() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['createKey']>) => call(routes.createKey, { params: { project }, body }), onSuccess: useStale('keys') })
}

export function useRotateKey() {
  const project = useProjectKey()
  return useMutation({ mutationFn: ({ id, ...body }: { id: string } & RouteBodyInput<Routes['rotateKey']>) => call(routes.rotateKey, { params: { project, id }, body }), onSuccess: useStale('keys') })
}

export function useExtendKey() {
  const project = useProjectKey()
  // Where somebody else was first the row shows what they have made of it.
  return useMutation({ mutationFn: ({ id, stopsAt }: { id: string; stopsAt: string }) => call(routes.extendKey, { params: { project, id }, body: { stopsAt } }), onSettled: useStale('keys') })
}

export function useRevokeKey() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (id: string) => call(routes.revokeKey, { params: { project, id } }), onSuccess: useStale('keys') })
}

export function useCreateEnvironment() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['createEnvironment']>) => call(routes.createEnvironment, { params: { project }, body }), onSuccess: useStale('project') })
}

export function useUpdateEnvironment() {
  const project = useProjectKey()
  return useMutation({
    mutationFn: ({ environment, body }: { environment: string; body: RouteBodyInput<Routes['updateEnvironment']> }) => call(routes.updateEnvironment, { params: { project, environment }, body }),
    // Another policy lets open changes stand differently, whoever set it.
    onSettled: useStale('project', 'changes', 'change'),
  })
}

export function useUpdateProject() {
  const project = useProjectKey()
  return useMutation({ mutationFn: (body: RouteBodyInput<Routes['updateProject']>) => call(routes.updateProject, { params: { project }, body }), onSettled: useStale('project', 'me') })
}
