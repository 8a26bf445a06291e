/** A foreign hash: the step of [0, steps) that a unit falls into. */
export type ImportedHashFunction = (seed: string, unit: string, steps: number) => number

/** A pattern ready for use, or why it cannot be used: a sentence about "it". */
export type CompiledPattern = { readonly ok: true; readonly matches: (text: string) => boolean | undefined } | { readonly ok: false; readonly error: string }

/** What answers `matches`; `patterns` of `@assay/sdk/patterns` is one. */
export interface PatternEngine {
  compile: (pattern: string, ignoreCase?: boolean) => CompiledPattern
}

export interface CompileOptions {
  /** Hash functions of imported splits by their `kind`; a split of a kind not in the table admits nobody. */
  hashes?: { readonly [kind: string]: ImportedHashFunction }
  /** Without it a flag that could ask a pattern fails (`PARSE_ERROR`), and no other. */
  patterns?: PatternEngine
}
