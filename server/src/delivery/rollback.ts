/** Later than this a change was lived with: what follows is the next change, not a rollback. */
export const ROLLBACK_WINDOW_MS = 24 * 3_600_000

/** A change that is live and that nothing has taken back. */
export interface StandingChange {
  seq: number
  at: Date
  /** Fingerprint of what the flag did before it. */
  before: string
}

/** A change that may be a rollback of the ones before it. */
export interface ChangeStep {
  at: Date
  wasOn: boolean
  isOn: boolean
  /** Fingerprint of what the flag does after it. */
  after: string
}

export interface FoundRollback {
  how: 'turned_off' | 'put_back'
  /** The oldest change that it takes back. */
  of: number
  /** All of them: a flag that is put back loses every change since. */
  takesBack: number[]
}

/**
 * Whether a change of a flag that was on takes back changes of the last 24 hours in the same environment: it turns the flag
 * off, which takes back the newest of them, or the flag does exactly again what it did before one of them, which takes back
 * that one and all after it. `standing` is oldest first. What is taken back no longer stands, and a rollback never does, so
 * that bringing a change live once more is a change and no rollback.
 */
export function findRollback(standing: readonly StandingChange[], { at, wasOn, isOn, after }: ChangeStep): FoundRollback | null {
  if (!wasOn) return null
  const recent = standing.filter((change) => at.getTime() - change.at.getTime() <= ROLLBACK_WINDOW_MS)
  const newest = recent.at(-1)
  if (!isOn) return newest === undefined ? null : { how: 'turned_off', of: newest.seq, takesBack: [newest.seq] }
  const from = recent.findLastIndex((change) => change.before === after)
  const takenBack = from === -1 ? [] : recent.slice(from)
  const [oldest] = takenBack
  return oldest === undefined ? null : { how: 'put_back', of: oldest.seq, takesBack: takenBack.map(({ seq }) => seq) }
}
