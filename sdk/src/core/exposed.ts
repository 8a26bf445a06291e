/** A scalar attribute of the context as it is recorded with an exposure. */
export type ExposureAttribute = string | number | boolean

/** Proof that a unit met a variant of an experiment. The event queue adds `id` and `at`. */
export interface Exposure {
  readonly flag: string
  readonly experiment: string
  readonly phase: number
  readonly unitType: string
  readonly unit: string
  readonly variant: string
  readonly revision: number
  readonly attributes: { readonly [attribute: string]: ExposureAttribute }
}

/** What identifies an exposure among repeats, known before its attributes are gathered. */
export type ExposureIdentity = Pick<Exposure, 'experiment' | 'phase' | 'unitType' | 'unit' | 'variant'>

/** An exposure met on the way to a decision. */
export interface Met extends ExposureIdentity {
  flag: string
  revision: number
}
