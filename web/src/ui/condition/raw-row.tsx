import type { Condition } from '@assay/sdk/core'
import css from './condition-editor.module.css'
import { RemoveButton } from './remove-button.tsx'

/** A form of condition that is kept as it is: it can be read and removed, not edited here. */
export function RawRow({ condition, onRemove, disabled }: { condition: Condition; onRemove: () => void; disabled: boolean }) {
  return (
    <div className={css.leaf}>
      <div className={css.raw}>
        <span>Too deep to edit here. It stays as it is:</span>
        <pre tabIndex={0} role="region" aria-label="Condition as JSON">{JSON.stringify(condition, null, 2)}</pre>
      </div>
      {disabled ? null : <span className={css.buttons}><RemoveButton what="this condition" onClick={onRemove} /></span>}
    </div>
  )
}
