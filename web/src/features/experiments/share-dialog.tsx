import type { ExperimentDetail } from '@assay/server/contract'
import { useState } from 'react'
import { percent } from '../../ui/format.ts'
import { toastDone } from '../../ui/toast.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { NumberField } from './number-field.tsx'
import { shareNotes, shareProblem, shareRises } from './running-notes.ts'

interface Props {
  experiment: ExperimentDetail
  production: boolean
  onClose: () => void
}

/** Admits more or fewer people. */
export function ShareDialog({ experiment, production, onClose }: Props) {
  const { cover } = useExperimentWrites(experiment.key)
  const [typed, setTyped] = useState<number | ''>('')
  const coverage = typed === '' ? null : typed / 100
  const rises = coverage !== null && shareRises(experiment, coverage)
  const problem = shareProblem(experiment, coverage)
  return (
    <ChangeDialog
      title={`Change the share of ${experiment.key}`} production={production} problem={problem} notes={shareNotes(experiment, coverage)}
      moves={coverage === null || problem !== null ? [] : [{ label: 'Share admitted', was: percent(experiment.coverage), now: percent(coverage) }]}
      typedFirst={production && rises ? { word: experiment.key, because: 'more people meet it than before, in production' } : null} action={coverage !== null && coverage < experiment.coverage ? 'Admit fewer' : 'Admit more'} keep="Leave it as it is" busy={cover.isPending} failure={cover.error} onClose={onClose}
      onSend={(reason) => {
        if (coverage === null) return
        cover.mutate({ basedOn: experiment.revision, coverage, reason }, { onSuccess: () => { toastDone({ title: `${experiment.key} admits ${percent(coverage)}`, detail: 'It stands as a deviation from the plan.' }); onClose() } })
      }}
    >
      <NumberField data-autofocus label="Share of the audience admitted" suffix="%" max={100} decimalScale={3} value={typed} error={typed === '' ? undefined : problem} onChange={setTyped} />
    </ChangeDialog>
  )
}
