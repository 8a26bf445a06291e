import type { ExperimentDetail } from '@assay/server/contract'
import { Chip } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './plan-panel.module.css'

/** Edits of what the plan was sealed with: registered beside what stands now. */
export function DeviationsPanel({ deviations }: Pick<ExperimentDetail, 'deviations'>) {
  if (deviations.length === 0) return null
  return (
    <Panel title="Registered and now" padded={false} aside={<Chip tone="warn">{plural(deviations.length, 'edit')} after sealing</Chip>}>
      <div className={`tablewrap ${css.deviations}`} tabIndex={0} role="region" aria-label="Edits after sealing">
        <table className="table">
          <thead><tr><th scope="col">What</th><th scope="col">Registered, and followed</th><th scope="col">Now</th></tr></thead>
          <tbody>
            {deviations.map(({ what, registered, now }) => <tr key={what}><th scope="row">{what}</th><td>{registered}</td><td>{now}</td></tr>)}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
