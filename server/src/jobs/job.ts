/** Work that recurs. It calls the same service that a button would. */
export interface Job {
  name: string
  everyMs: number
  /** `signal` is aborted when the process stops or another instance has taken the job over. */
  run(signal: AbortSignal): Promise<void>
}
