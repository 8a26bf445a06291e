import type { Context, Json, Ruleset } from '@assay/sdk/core'
import type { PlaygroundResult } from '../contract/playground.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore, type EnvironmentRecord } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { playAll, playFlag } from './play.ts'
import { createPlaygroundStore, type PastRuleset } from './playground.store.ts'

export interface Question {
  context: Record<string, Json>
  /** All flags where it is left out. */
  flag?: string
  at?: string
  version?: number
}

export interface PlaygroundAnswer {
  version: number
  epoch: string
  publishedAt: string
  newest: boolean
  results: PlaygroundResult[]
}

/** What a context gets by the ruleset of now, of a version, or of a time: evaluated by the SDK's own engine. */
export async function evaluateInPlayground(deps: Deps, projectId: string, environmentKey: string, { context, flag, at, version }: Question): Promise<PlaygroundAnswer> {
  const store = createPlaygroundStore(deps.db)
  const environment = await createEnvironmentsStore(deps.db).get(projectId, environmentKey)
  const past = await findRuleset(store, environment, { at, version })
  const ruleset = JSON.parse(past.body) as Ruleset
  return {
    version: past.version,
    epoch: past.epoch,
    publishedAt: past.createdAt.toISOString(),
    newest: past.version === environment.rulesetVersion,
    results: flag === undefined ? playAll(ruleset, context) : [flagResult(ruleset, flag, context, `${environmentKey}, version ${past.version}`)],
  }
}

async function findRuleset(store: ReturnType<typeof createPlaygroundStore>, { id, key, rulesetVersion: newest }: EnvironmentRecord, { at, version }: { at: string | undefined; version: number | undefined }): Promise<PastRuleset> {
  if (at !== undefined && version !== undefined) {
    const message = 'Ask for a time or for a version, not for both.'
    throw new AppError('invalid_request', message, { details: [{ path: 'at', message }] })
  }
  if (at !== undefined) {
    const found = await store.at(id, new Date(at))
    if (found) return found
    const first = await store.first(id)
    throw new AppError('not_found', first ? `The first ruleset of ${key} was published at ${first.toISOString()}: at ${at} there was none.` : `${key} has no ruleset yet.`)
  }
  const wanted = version ?? newest
  const found = isVersion(wanted) ? await store.version(id, wanted) : null
  if (found) return found
  throw new AppError('not_found', newest === 0 ? `${key} has no ruleset yet.` : `${key} has no version ${wanted}: its versions go from 1 to ${newest}.`)
}

function isVersion(version: number): boolean {
  return version >= 0 && version <= 2_147_483_647
}

function flagResult(ruleset: Ruleset, flag: string, context: Context, where: string): PlaygroundResult {
  const result = playFlag(ruleset, flag, context)
  if (!result) throw new AppError('not_found', `There was no flag ${flag} in ${where}.`)
  return result
}
