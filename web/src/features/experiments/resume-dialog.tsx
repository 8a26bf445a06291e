import type { ExperimentDetail } from '@assay/server/contract'
import { useState } from 'react'
import { percent } from '../../ui/format.ts'
import { toastDone } from '../../ui/toast.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { NumberField } from './number-field.tsx'
import { resumeNotes } from './running-notes.ts'

interface Props {
  experiment: ExperimentDetail
  production: boolean
  onClose: () => void
}

/** Goes on with a stopped experiment. A small share is proposed: nobody is exposed by default. */
export function ResumeDialog({ experiment, production, onClose }: Props) {
  const { resume } = useExperimentWrites(experiment.key)
  const external = experiment.assignment === 'external'
  const [typed, setTyped] = useState<number | ''>(external ? experiment.coverage * 100 : 1)
  const coverage = typed === '' || typed <= 0 || typed > 100 ? null : typed / 100
  return (
    <ChangeDialog
      title={`Go on with ${experiment.key}`} production={production} problem={coverage === null ? 'Between 0% and 100%.' : null} notes={resumeNotes(experiment)}
      moves={[{ label: 'State', was: 'Stopped', now: 'Running' }, ...(coverage === null || external ? [] : [{ label: 'Share admitted', was: 'nobody', now: percent(coverage) }])]}
      typedFirst={production && coverage !== null && coverage > experiment.coverage ? { word: experiment.key, because: 'more people meet it than before, in production' } : null} action="Go on" keep="Leave it stopped" busy={resume.isPending} failure={resume.error} onClose={onClose}
      onSend={(reason) => {
        if (coverage === null) return
        resume.mutate({ basedOn: experiment.revision, coverage, reason }, { onSuccess: () => { toastDone({ title: `${experiment.key} runs again`, detail: external ? 'New people are counted again.' : `It admits ${percent(coverage)}.` }); onClose() } })
      }}
    >
      {external ? undefined : <NumberField data-autofocus label="Share of the audience admitted" description={`It was ${percent(experiment.coverage)} when it stopped. Begin small, and look.`} suffix="%" max={100} decimalScale={3} value={typed} error={coverage === null ? 'Between 0% and 100%.' : undefined} onChange={setTyped} />}
    </ChangeDialog>
  )
}
