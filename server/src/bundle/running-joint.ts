import { type JointMoments, jointMomentsOf, mergeJointMoments } from '../stats/index.ts'

/** People whose moments are taken together: what is held in memory. */
const BLOCK = 4096

/** Moments and totals of several values per person, who come one by one, in the memory of a block. The same people in the same order give the same digits. */
export class RunningJoint {
  readonly totals: number[]
  readonly #size: number
  readonly #block: Float64Array[]
  #filled = 0
  #merged: JointMoments | null = null

  constructor(size: number) {
    this.#size = size
    this.totals = Array.from({ length: size }, () => 0)
    this.#block = Array.from({ length: size }, () => new Float64Array(BLOCK))
  }

  add(values: readonly number[]): void {
    values.forEach((value, i) => {
      this.totals[i] = (this.totals[i] ?? 0) + value
      const block = this.#block[i]
      if (block) block[this.#filled] = value
    })
    this.#filled++
    if (this.#filled === BLOCK) this.#close()
  }

  moments(): JointMoments {
    if (this.#filled > 0) this.#close()
    const zeros = () => Array.from({ length: this.#size }, () => 0)
    return this.#merged ?? { n: 0, means: zeros(), cross: zeros().map(zeros) }
  }

  #close(): void {
    const found = jointMomentsOf(this.#block.map((values) => values.subarray(0, this.#filled)))
    this.#merged = this.#merged === null ? found : mergeJointMoments([this.#merged, found])
    this.#filled = 0
  }
}
