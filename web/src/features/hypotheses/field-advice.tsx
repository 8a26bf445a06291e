import type { Advice } from '@assay/server/contract'
import { IconMessageQuestion } from '@tabler/icons-react'
import css from './field-advice.module.css'

/** What a careful reader would ask about a field, below it. It keeps nobody from going on. */
export function FieldAdvice({ advice, field }: { advice: readonly Advice[]; field: string }) {
  const own = advice.filter((each) => each.field === field)
  if (own.length === 0) return null
  return <ul className={css.advice} aria-label="Advice">{own.map(({ code, message }) => <li key={code}><IconMessageQuestion size={15} aria-hidden />{message}</li>)}</ul>
}
