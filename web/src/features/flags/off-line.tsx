import { lazy, Suspense } from 'react'
import { CALLERS_DEFAULT } from '@assay/server/contract'
import css from './rules.module.css'
import type { TargetingContext } from './targeting-context.ts'

const OffPicker = lazy(async () => ({ default: (await import('./off-picker.tsx')).OffPicker }))

interface Props {
  variant: string | null
  onChange: (variant: string | null) => void
  context: TargetingContext
}

/** What everybody gets while the flag is off. */
export function OffLine({ variant, onChange, context }: Props) {
  const shown = variant === null ? CALLERS_DEFAULT : context.naming.variant(variant)
  return (
    <div className={css.off}>
      <span>While off, or while something it needs is missing, serve</span>
      {context.mayEdit ? <Suspense fallback={<b>{shown}</b>}><OffPicker variant={variant} variants={context.variants} onChange={onChange} /></Suspense> : <b>{shown}</b>}
    </div>
  )
}
