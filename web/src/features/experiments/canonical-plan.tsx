import { canonicalJson, type Plan } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import css from './plan-panel.module.css'
import { sha256 } from './sha256.ts'

/** The document that was hashed, byte for byte, and whether this browser finds the same hash. */
export function CanonicalPlan({ plan, planHash }: { plan: Plan; planHash: string }) {
  const [open, setOpen] = useState(false)
  const text = canonicalJson(plan)
  const own = useQuery({ queryKey: ['plan-hash', text], queryFn: () => sha256(text), enabled: open, staleTime: Infinity })
  return (
    <details className={css.json} onToggle={(event) => { setOpen(event.currentTarget.open) }}>
      <summary>Canonical JSON (RFC 8785){typeof own.data === 'string' ? (own.data === planHash ? ': its hash, computed here, is the same' : ': its hash, computed here, is another') : ''}</summary>
      {open ? <pre tabIndex={0} aria-label="Canonical JSON of the plan">{text}</pre> : null}
    </details>
  )
}
