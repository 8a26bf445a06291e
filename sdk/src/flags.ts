import type { FlagType } from './core/index.ts'

/**
 * The flags of your project by key, each with its type. Empty at first: any key is allowed. `assay generate` writes a file
 * that fills it, and from then on an unknown key, or a getter of another type, does not compile.
 *
 * @example
 * declare module '@assay/sdk' {
 *   interface Flags { 'express-pay': 'boolean'; 'page-size': 'integer' }
 * }
 */
export interface Flags {}

/** Keys of the flags of a type; any text while `Flags` is empty. */
export type FlagKey<T extends FlagType> = [keyof Flags] extends [never] ? string : { [K in keyof Flags]: Flags[K] extends T ? K : never }[keyof Flags]
