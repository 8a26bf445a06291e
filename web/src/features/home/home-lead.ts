import { plural } from '../../ui/format.ts'

interface Counts {
  running: number
  /** For the one who looks; null while it is not known. */
  waiting: number | null
}

/** The state of the project in one sentence. */
export function homeLead({ running, waiting }: Counts): string {
  const experiments = running === 0 ? 'No experiment is running' : running === 1 ? '1 experiment is running' : `${plural(running, 'experiment')} are running`
  if (waiting === null) return `${experiments}.`
  if (waiting === 0) return `${experiments}, and nothing waits for you.`
  return `${experiments}, and ${waiting === 1 ? '1 thing waits' : `${plural(waiting, 'thing')} wait`} for you.`
}
