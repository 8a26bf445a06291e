/** The value of a condition: true, false, or undefined for unknown (Kleene's three-valued logic). */
export type Truth = boolean | undefined

export function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth
}

/** False if any part is false, else unknown if any part is unknown; true of nothing. */
export function allOf<T>(parts: readonly ((given: T) => Truth)[]): (given: T) => Truth {
  return (given) => {
    let result: Truth = true
    for (const part of parts) {
      const truth = part(given)
      if (truth === false) return false
      if (truth === undefined) result = undefined
    }
    return result
  }
}

/** True if any part is true, else unknown if any part is unknown; false of nothing. */
export function anyOf<T>(parts: readonly ((given: T) => Truth)[]): (given: T) => Truth {
  const [only] = parts
  if (only && parts.length === 1) return only
  return (given) => anyTrue(parts, (part) => part(given))
}

/** `anyOf` for parts that are told by a function. */
export function anyTrue<P>(parts: readonly P[], truthOf: (part: P) => Truth): Truth {
  let result: Truth = false
  for (const part of parts) {
    const truth = truthOf(part)
    if (truth === true) return true
    if (truth === undefined) result = undefined
  }
  return result
}
