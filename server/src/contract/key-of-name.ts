/** A key suggested by a name: lower-case letters, digits and dashes. Accents are dropped: `Zähler` gives `zahler`. */
export function keyOfName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 100).replace(/-+$/, '')
}
