type Attributes = { readonly [name: string]: unknown }

/** Leaves out private attributes: each path, and everything below it. */
export function publicAttributes(privatePaths: readonly string[]): (attributes: Attributes) => Attributes {
  if (privatePaths.length === 0) return (attributes) => attributes
  const isPrivate = (name: string) => privatePaths.some((path) => name === path || name.startsWith(`${path}.`))
  return (attributes) => Object.fromEntries(Object.entries(attributes).filter(([name]) => !isPrivate(name)))
}
