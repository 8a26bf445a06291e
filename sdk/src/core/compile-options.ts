/** A foreign hash: the step of [0, steps) that a unit falls into. */
export type ImportedHashFunction = (seed: string, unit: string, steps: number) => number

export interface CompileOptions {
  /** Hash functions of imported splits by their `kind`; a split of a kind not in the table admits nobody. */
  hashes?: { readonly [kind: string]: ImportedHashFunction }
}
