export interface Version {
  /** Major, minor, patch. */
  numbers: readonly string[]
  prerelease: readonly string[]
}

const STRICT = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/
const LONGEST = 256

/** A strict semantic version (semver.org 2.0.0), or undefined. Build metadata is read over. */
export function parseVersion(text: string): Version | undefined {
  if (text.length > LONGEST) return undefined
  const match = STRICT.exec(text)
  if (!match) return undefined
  const [, major = '', minor = '', patch = '', prerelease] = match
  return { numbers: [major, minor, patch], prerelease: prerelease === undefined ? [] : prerelease.split('.') }
}

/** Precedence of semver.org 2.0.0, section 11: negative, zero or positive. */
export function compareVersions(a: Version, b: Version): number {
  return compareLists(a.numbers, b.numbers) || comparePrereleases(a.prerelease, b.prerelease)
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  // A release comes after its prereleases.
  if (a.length === 0 || b.length === 0) return b.length - a.length
  return compareLists(a, b) || a.length - b.length
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const order = compareIdentifiers(a[index] ?? '', b[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** Numbers compare as numbers (by length first: they have no leading zeros and may be longer than a double), and come before words. */
function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [isNumeric(a), isNumeric(b)]
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  if (aIsNumber && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

function isNumeric(text: string): boolean {
  return /^\d+$/.test(text)
}
