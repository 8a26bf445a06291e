import type { Words } from './metric-words.ts'

/** A sentence in which names stand as services write them. */
export function Worded({ words }: { words: Words }) {
  return <>{words.map((part, i) => (typeof part === 'string' ? part : <code key={i}>{part.name}</code>))}</>
}
