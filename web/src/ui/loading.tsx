import { Skeleton } from '@mantine/core'
import css from './loading.module.css'

/** Keeps the shape of what is coming; below a title that is there already, of what stands under it. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy="true" className={css.loading}>
      <span className="sr" role="status">Loading</span>
      <div className={css.head}>
        <Skeleton h={26} w="32%" mb={10} className={css.bone} />
        <Skeleton h={14} w="48%" mb={24} className={css.bone} />
      </div>
      {Array.from({ length: rows }, (_, row) => <Skeleton key={row} h={36} mb={10} className={css.bone} />)}
    </div>
  )
}
