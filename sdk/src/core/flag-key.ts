const flagKey = /^[A-Za-z0-9._-]{1,200}$/

/** Whether a flag may be called so: 1 to 200 letters, digits, dots, underscores and hyphens. */
export function isValidFlagKey(key: string): boolean {
  return typeof key === 'string' && flagKey.test(key)
}
