import type { MetricResult } from '@assay/server/contract'
import css from './comparison-detail.module.css'
import { comparisonTables } from './comparison-tables.ts'
import { NumbersTable } from './numbers-table.tsx'

/** Every number behind one metric, exactly: for those who check. */
export function ComparisonDetail({ metric, control }: { metric: MetricResult; control: string }) {
  return (
    <div className={css.detail}>
      {comparisonTables(metric, control).map((table) => <NumbersTable key={table.caption} {...table} />)}
    </div>
  )
}
