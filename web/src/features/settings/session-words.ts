import type { BrowserSession } from '@assay/server/contract'

type Said = Pick<BrowserSession, 'browser' | 'system'>

/** `Firefox 143 on macOS`, as far as it says so. */
export function sessionName({ browser, system }: Said): string {
  if (browser === null) return system === null ? 'A browser that does not say what it is' : `A browser on ${system}`
  return system === null ? browser : `${browser} on ${system}`
}

/** What sits in front of it: a program names no system. */
export function deviceOf({ system }: Said): 'phone' | 'computer' | 'program' {
  if (system === null) return 'program'
  return ['Android', 'iPhone', 'iPad'].includes(system) ? 'phone' : 'computer'
}
