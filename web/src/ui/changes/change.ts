import type { Side } from '@assay/server/contract'

/** One thing that differs between two versions of something, ready to read. */
export interface Change {
  /** What it is about: `Rule 2`, `Everyone else`, `Description`. */
  subject: string
  /** A name of its own, beside the subject. */
  name?: string
  /** In one line: `Express 50% to 75%`. */
  words: string
  /** Left out where it did not exist. */
  before?: Side
  after?: Side
}
