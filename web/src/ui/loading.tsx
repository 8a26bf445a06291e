import { Skeleton } from '@mantine/core'

/** Keeps the shape of what is coming. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy="true" style={{ padding: '28px' }}>
      <span className="sr" role="status">Loading</span>
      <Skeleton h={26} w="32%" mb={10} />
      <Skeleton h={14} w="48%" mb={24} />
      {Array.from({ length: rows }, (_, row) => <Skeleton key={row} h={36} mb={10} />)}
    </div>
  )
}
