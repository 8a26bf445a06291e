import { mergeMoments, type Moments, momentsOf } from '../stats/index.ts'

/** Values whose moments are taken together: what is held in memory. */
const BLOCK = 4096

/** Moments of values that come one by one, in the memory of a block. The same values in the same order give the same digits. */
export class RunningMoments {
  #merged: Moments = { n: 0, mean: NaN, m2: 0 }
  readonly #block = new Float64Array(BLOCK)
  #filled = 0

  add(value: number): void {
    this.#block[this.#filled++] = value
    if (this.#filled === BLOCK) this.#close()
  }

  /** Mean NaN without a value. */
  moments(): Moments {
    if (this.#filled > 0) this.#close()
    return this.#merged
  }

  #close(): void {
    this.#merged = mergeMoments([this.#merged, momentsOf(this.#block.subarray(0, this.#filled))])
    this.#filled = 0
  }
}
