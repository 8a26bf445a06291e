import type { Base } from '../base.ts'
import type { Tx } from '../platform/postgres.ts'
import { readStep, type FlagMemory, type FlagStep } from './flag-step.ts'
import { createFlagStepsStore, type Place } from './flag-steps.store.ts'

type ReadDeps = Pick<Base, 'db'>

const PAGE = 500

/**
 * Reads what is new in the audit log of a project into its flag steps, page by page; false where more than `pages` are left.
 * The log stays the only truth: steps can be thrown away and read again.
 */
export async function readLog({ db }: ReadDeps, projectId: string, pages: number, signal?: AbortSignal): Promise<boolean> {
  // Most of the time there is nothing to read, and nothing to lock.
  if (!(await createFlagStepsStore(db).isBehind(projectId))) return true
  for (let page = 0; page < pages && signal?.aborted !== true; page += 1) {
    if (await db.$transaction((tx) => readPage(tx, projectId))) return true
  }
  return false
}

/** Reads the logs of all projects to their ends. */
export async function readAllLogs(deps: ReadDeps, signal: AbortSignal): Promise<void> {
  for (const projectId of await createFlagStepsStore(deps.db).behind()) await readLog(deps, projectId, Infinity, signal)
}

/** Whether the log has been read to its end. */
async function readPage(tx: Tx, projectId: string): Promise<boolean> {
  const store = createFlagStepsStore(tx)
  const { seq, head } = await store.lockMark(projectId)
  const upTo = Math.min(head, seq + PAGE)
  const entries = await store.entries(projectId, seq, upTo)
  const [first] = entries
  if (first) {
    const places = [...new Map(entries.map((entry) => [placeKey(entry), entry])).values()]
    const archivals = new Set((await store.archivals(projectId, seq, upTo)).map(({ flag, at }) => `${flag} ${at.getTime()}`))
    const memories = await store.memories(projectId, places, first.at)
    const memory = new Map<string, FlagMemory>(places.map((place, index) => [placeKey(place), memories[index] ?? NOTHING]))
    const steps: FlagStep[] = []
    for (const entry of entries) {
      const read = readStep(memory.get(placeKey(entry)) ?? NOTHING, entry, archivals.has(`${entry.flag} ${entry.at.getTime()}`))
      if (read === null) continue
      steps.push(read.step)
      memory.set(placeKey(entry), read.memory)
    }
    await store.insert(projectId, steps)
  }
  await store.moveMark(projectId, upTo)
  return upTo === head
}

const NOTHING: FlagMemory = { exposure: null, standing: [] }

/** Neither part of it has a space. */
function placeKey({ flag, environment }: Place): string {
  return `${flag} ${environment}`
}
