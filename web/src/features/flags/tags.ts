import { tag } from '@assay/server/contract'

/** What is wrong with a tag, in words; null where nothing is. */
export function tagProblem(text: string): string | null {
  const read = tag.safeParse(text)
  return read.success ? null : (read.error.issues[0]?.message ?? 'This cannot be a tag.')
}
