import type { ExperimentDetail } from '@assay/server/contract'
import { Button, Modal, Radio, Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { fieldErrors } from '../../api/field-errors.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { choices, decisionErrors, differsFromVerdict, proposed, toDecision, treatmentsOf, type DecisionValues } from './decision-values.ts'
import css from './dialog.module.css'
import { useExperimentWrites } from './experiments-queries.ts'

interface Props {
  experiment: ExperimentDetail
  /** The arm that the verdict speaks about. */
  arm: string | null
  onClose: () => void
}

/** What people decide, which may differ from the verdict, and what they learned. */
export function DecisionDialog({ experiment, arm, onClose }: Props) {
  const { decide } = useExperimentWrites(experiment.key)
  const form = useForm<DecisionValues>({ mode: 'controlled', initialValues: proposed(experiment, arm), validate: (values) => decisionErrors(values, experiment) })
  const differs = differsFromVerdict(form.values, experiment)
  const treatments = treatmentsOf(experiment)
  const send = (values: DecisionValues) => {
    decide.mutate(toDecision(values), {
      onSuccess: () => { toastDone({ title: 'The decision is recorded', detail: servedWords(experiment, values) }); onClose() },
      onError: (error) => { form.setErrors(fieldErrors(error)) },
    })
  }
  return (
    <Modal opened onClose={onClose} title={`Decide ${experiment.key}`} size={560}>
      <form onSubmit={form.onSubmit(send)} noValidate>
        <p className={css.words}>{experiment.verdict === null ? 'There is no verdict yet, so the decision has to say why it does not wait for one.' : experiment.verdict.sentence}</p>
        <div className={css.fields}>
          <Radio.Group label="What happens now" {...form.getInputProps('choice')}>
            <div className={css.choices}>
              {choices.map((choice) => <Radio key={choice.value} className={css.choice} value={choice.value} label={choice.label} description={experiment.assignment === 'internal' ? choice.explanation : externalWords[choice.value]} />)}
            </div>
          </Radio.Group>
          {form.values.choice === 'ship' && treatments.length > 1 ? <Select label="Variant to ship" data={treatments} allowDeselect={false} {...form.getInputProps('variant')} /> : null}
          <Textarea label="What was learned" description="One claim that the next team can use, whatever happens to the code." withAsterisk {...form.getInputProps('learning')} />
          <Textarea label={differs ? 'Why it differs from the verdict' : 'Note'} withAsterisk={differs} {...form.getInputProps('note')} />
          {decide.error && Object.keys(fieldErrors(decide.error)).length === 0 ? <Notice tone="danger" alert>Not recorded. {messageOf(decide.error)}</Notice> : null}
        </div>
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Not yet</Button>
          <span className="grow" />
          <Button type="submit" loading={decide.isPending}>Record the decision</Button>
        </div>
      </form>
    </Modal>
  )
}

const externalWords: Record<DecisionValues['choice'], string> = {
  ship: 'Assay records it. The service that assigns people serves the variant.',
  remove: 'Assay records it. Take the change out of the service.',
  iterate: 'Assay records it. Write the next hypothesis.',
}

function servedWords({ assignment, control }: ExperimentDetail, { choice, variant }: DecisionValues): string {
  if (assignment === 'external') return 'The loop of this hypothesis is closed.'
  return choice === 'ship' ? `Everybody its rule admits gets ${variant}.` : `Everybody its rule admits gets ${control}.`
}
