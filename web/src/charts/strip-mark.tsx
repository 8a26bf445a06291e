export type StripShape = 'circle' | 'square'

/** What kind a point is, by shape. */
export function StripMark({ shape, x, y, read = false }: { shape: StripShape; x: number; y: number; read?: boolean }) {
  const stroke = read ? { stroke: 'var(--ink)', strokeWidth: 2 } : { stroke: 'var(--sheet)', strokeWidth: 1 }
  return shape === 'circle' ? <circle cx={x} cy={y} r={read ? 5.5 : 4.4} fill="var(--series-1)" {...stroke} /> : <rect x={x - 4} y={y - 4} width={8} height={8} fill="var(--series-3)" {...stroke} />
}
