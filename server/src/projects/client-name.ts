/** What uses a key, by the User-Agent it sends: null where that names no more than the language it is written in. */
export function clientName(userAgent: string | undefined): string | null {
  const product = /^[^\s/]+(\/[^\s]+)?/.exec(userAgent?.trim() ?? '')?.[0] ?? ''
  if (product === '' || /^(node|undici)\b/i.test(product)) return null
  return /^Mozilla\//.test(product) ? 'a browser' : product.slice(0, 60)
}
