/** A key for a project that was only given a name: its letters and digits in lower case, dashes for all else. */
export function projectKeyOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{Mark}/gu, '').toLowerCase()
  const key = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 100).replace(/-$/, '')
  return key === '' ? 'project' : key
}
