import { randomBytes } from 'node:crypto'
import { routes } from '../contract/routes.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import type { LocalServer } from './local-server.ts'

export interface Installation {
  api: ApiClient
  /** Key of the project that was created. */
  project: string
  email: string
  password: string
}

/** Completes the set-up of a fresh installation with a generated password, and signs in. */
export async function setUp(server: LocalServer, projectName: string): Promise<Installation> {
  if (server.setupToken === null) throw new Error('This data directory is already set up: give one that does not exist yet.')
  const api = createApiClient(server.url)
  const email = 'owner@example.com'
  const password = randomBytes(12).toString('base64url')
  const me = await api.call(routes.completeSetup, { body: { token: server.setupToken, name: 'Owner', email, password, project: projectName } })
  const [project] = me.projects
  if (!project) throw new Error('The set-up created no project.')
  return { api, project: project.key, email, password }
}
