import type { Base } from '../base.ts'
import { allows } from '../contract/roles.ts'
import type { StreamTarget } from '../http/event-streams.ts'
import { createLiveStore, type LiveReader } from './live.store.ts'

interface Seat extends LiveReader {
  /** Null while what the reader missed is looked up. */
  target: StreamTarget | null
}

/** Who reads which project on this instance, for as long as each may. */
export function createLiveReaders({ db, now }: Pick<Base, 'db' | 'now'>) {
  const store = createLiveStore(db)
  const seats = new Set<Seat>()

  return {
    add(who: LiveReader) {
      const seat: Seat = { ...who, target: null }
      seats.add(seat)
      const leave = () => { seats.delete(seat) }
      return {
        reads(target: StreamTarget): void {
          seat.target = target
          target.on('close', leave)
        },
        leave,
      }
    },

    streamsOf: (userId: string): number => [...seats].filter((seat) => seat.userId === userId).length,

    /** Projects that somebody reads, or is about to. */
    projects: (): Set<string> => new Set([...seats].map(({ projectId }) => projectId)),

    sessionEnded(sessionId: string): void {
      for (const seat of seats) if (seat.login.id === sessionId) seat.target?.destroy()
    },

    /** Cuts those whose session or token has ended or who are no longer members, of one project or of all. */
    async endUnwelcome(projectId?: string): Promise<void> {
      const asked = [...seats].filter((seat) => seat.target !== null && (projectId === undefined || seat.projectId === projectId))
      if (asked.length === 0) return
      const welcome = (await store.rolesOf(asked, now())).filter(({ role }) => allows(role, 'project.read'))
      const allowed = new Set(welcome.map((one) => `${one.loginId} ${one.projectId}`))
      for (const seat of asked) if (!allowed.has(`${seat.login.id} ${seat.projectId}`)) seat.target?.destroy()
    },
  }
}
