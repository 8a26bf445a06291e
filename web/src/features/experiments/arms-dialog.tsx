import type { ExperimentDetail } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { flagQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { setupWords } from '../../ui/plan/setup-words.ts'
import { toastDone } from '../../ui/toast.tsx'
import { ArmsField } from './arms-field.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { armsNotes, armsProblem } from './running-notes.ts'
import { armValues, chosenArms, type ArmValue } from './setup-values.ts'

interface Props {
  experiment: ExperimentDetail
  production: boolean
  onClose: () => void
}

/** Goes on with other variants or weights: a new phase. */
export function ArmsDialog({ experiment, production, onClose }: Props) {
  const { rearm } = useExperimentWrites(experiment.key)
  const flags = useQuery(flagQuery(useProjectKey(), experiment.flag))
  const [edited, setEdited] = useState<ArmValue[]>()
  const variants = flags.data?.variants.map(({ key }) => key) ?? []
  const values = edited ?? armValues(experiment.arms, variants)
  const arms = chosenArms(values)
  const problem = armsProblem(experiment, values)
  const was = setupWords(experiment, 'arms')
  const now = setupWords({ ...experiment, arms }, 'arms')
  return (
    <ChangeDialog
      title={`Change the variants of ${experiment.key}`} production={production} problem={problem} notes={armsNotes(experiment)}
      moves={problem !== null || was === now ? [] : [{ label: 'Variants', was, now }, { label: 'Phase', was: String(experiment.phase), now: `${experiment.phase + 1}, which begins without data` }]}
      typedFirst={production ? { word: experiment.key, because: `what phase ${experiment.phase} has gathered counts no more` } : null} action={`Begin phase ${experiment.phase + 1}`} keep={`Keep phase ${experiment.phase}`} busy={rearm.isPending} failure={rearm.error} onClose={onClose}
      onSend={(reason) => {
        rearm.mutate({ basedOn: experiment.revision, arms, reason }, { onSuccess: (written) => { toastDone({ title: `Phase ${written.phase} of ${written.key} runs`, detail: 'Its plan is sealed.' }); onClose() } })
      }}
    >
      <ArmsField arms={values} control={experiment.control} error={edited === undefined ? undefined : (problem ?? undefined)} onArms={setEdited} />
    </ChangeDialog>
  )
}
