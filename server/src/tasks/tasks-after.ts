import type { FlagKind } from '../contract/flags.ts'
import type { TaskKind } from '../contract/tasks.ts'

export interface PlannedTask {
  kind: TaskKind
  title: string
  /** Days after the decision. */
  dueInDays: number
}

export interface DecidedOn {
  choice: 'ship' | 'remove' | 'iterate'
  /** What people are served from now on. */
  serves: string
  flag: string
  kind: FlagKind
  environment: string
  title: string
  hypothesis: string
}

/** Flags that stay in the code for good: nothing of them is removed. */
const PERMANENT: readonly FlagKind[] = ['operational', 'permission']

/**
 * What a decision leaves to do. Shipping and removing end the flag: first it serves one variant to everybody, then the code goes, then the flag. Whoever tries
 * again owes the next hypothesis, and keeps the flag for it.
 */
export function tasksAfter({ choice, serves, flag, kind, environment, title, hypothesis }: DecidedOn): PlannedTask[] {
  if (choice === 'iterate') return [{ kind: 'follow_up', title: `Write the hypothesis that goes on from ${hypothesis}`, dueInDays: 14 }]
  const endState: PlannedTask = { kind: 'end_state', title: `Serve ${serves} of ${flag} to everybody in ${environment}`, dueInDays: 7 }
  if (PERMANENT.includes(kind)) return [endState]
  const code = choice === 'ship' ? `Take the question for ${flag} out of the code; what ${serves} does stays` : `Take “${title}” and the question for ${flag} out of the code`
  return [endState, { kind: 'remove_code', title: code, dueInDays: 30 }, { kind: 'archive_flag', title: `Archive ${flag}`, dueInDays: 45 }]
}
