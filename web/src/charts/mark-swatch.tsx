import type { MarkTone } from './span.ts'

/** The mark of a forest row, for legends and words beside it. */
export function MarkSwatch({ tone }: { tone: MarkTone }) {
  return (
    <svg width={11} height={11} viewBox="0 0 11 11" aria-hidden style={{ flex: 'none' }}>
      {tone === 'win' ? <circle cx={5.5} cy={5.5} r={4.5} fill="var(--win)" /> : null}
      {tone === 'flat' ? <circle cx={5.5} cy={5.5} r={4} fill="none" stroke="var(--flat)" strokeWidth={2} /> : null}
      {tone === 'loss' ? <rect x={1.8} y={1.8} width={7.4} height={7.4} fill="var(--loss)" transform="rotate(45 5.5 5.5)" /> : null}
    </svg>
  )
}
