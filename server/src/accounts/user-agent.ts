/** Order matters: most browsers also name those that they descend from. */
const browsers: readonly [name: string, mark: RegExp][] = [
  ['Edge', /\b(?:Edg|EdgA|EdgiOS)\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[^ ]* (?:Mobile\/\S+ )?Safari\//],
]

const systems: readonly [name: string, mark: RegExp][] = [
  ['Windows', /\bWindows NT\b/],
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]

/**
 * What a User-Agent says, as far as it can be taken at its word: the version of a browser, and the name of a system
 * without one, because browsers have long stopped telling it. What is no browser goes by its own name.
 */
export function readUserAgent(userAgent: string): { browser: string | null; system: string | null } {
  const system = systems.find(([, mark]) => mark.test(userAgent))?.[0] ?? null
  for (const [name, mark] of browsers) {
    const found = mark.exec(userAgent)
    if (found) return { browser: `${name} ${found[1] ?? ''}`.trim(), system }
  }
  const product = /^([A-Za-z][\w.-]{0,39})(?:\/|$)/.exec(userAgent)?.[1] ?? null
  return { browser: product === 'Mozilla' ? null : product, system }
}
