import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { appendAudit } from '../audit/audit.store.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import type { Registrar } from '../http/register.ts'
import { writeBundle } from './write-bundle.service.ts'
import { zipOf } from './zip-bundle.service.ts'

export function registerBundleRoutes(on: Registrar, deps: Deps): void {
  on(routes.exportBundle, async ({ project, actor, params: { experiment }, res }) => {
    const left = new AbortController()
    res.once('close', () => { left.abort() })
    // Written first: what fails is an error response, and never half a bundle.
    const directory = await mkdtemp(join(tmpdir(), 'assay-bundle-'))
    try {
      await writeBundle(deps, { projectId: project.id, project: project.key, experiment, directory, signal: left.signal })
      await deps.db.$transaction((tx) => appendAudit(tx, project.id, { at: deps.now(), actor, action: 'experiment.exported', entityKind: 'experiment', entityKey: experiment, after: { file: 'bundle.zip' } }))
      res.attachment(`${experiment}-bundle.zip`).type('application/zip')
      await pipeline(await zipOf(directory), res)
    } catch (error) {
      if (!left.signal.aborted) throw error
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })
}
