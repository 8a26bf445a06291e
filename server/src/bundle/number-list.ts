/** Numbers that are put in order once all are there: eight bytes each. */
export class NumberList {
  #numbers = new Float64Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(value: number): void {
    if (this.#size === this.#numbers.length) {
      const grown = new Float64Array(this.#size * 2)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    this.#numbers[this.#size++] = value
  }

  /** Smallest first. */
  sorted(): Float64Array {
    return this.#numbers.subarray(0, this.#size).sort()
  }
}
