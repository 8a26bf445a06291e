/** Solution of a small linear system by Gaussian elimination with partial pivoting; null where the matrix is singular to working precision. */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const k = right.length
  const rows = matrix.map((row, i) => [...row, right[i] as number])
  const scale = Math.max(...rows.map((row, i) => Math.abs(row[i] as number)))
  for (let column = 0; column < k; column++) {
    let pivot = column
    for (let row = column + 1; row < k; row++) if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row
    const chosen = rows[pivot] as number[]
    if (!(Math.abs(chosen[column] as number) > 1e-13 * scale)) return null
    rows[pivot] = rows[column] as number[]
    rows[column] = chosen
    for (let row = column + 1; row < k; row++) {
      const target = rows[row] as number[]
      const factor = (target[column] as number) / (chosen[column] as number)
      for (let j = column; j <= k; j++) target[j] = (target[j] as number) - factor * (chosen[j] as number)
    }
  }
  const result = new Array<number>(k).fill(0)
  for (let row = k - 1; row >= 0; row--) {
    const values = rows[row] as number[]
    let sum = values[k] as number
    for (let j = row + 1; j < k; j++) sum -= (values[j] as number) * (result[j] as number)
    result[row] = sum / (values[row] as number)
  }
  return result
}
