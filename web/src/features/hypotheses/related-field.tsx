import { SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { hypothesesQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import type { DraftForm } from './draft-form.ts'
import css from './wizard.module.css'

interface Props {
  /** Key of the hypothesis that is written, where it has one. */
  own: string | null
  relatedTo: DraftForm['relatedTo']
  error: string | undefined
  onChange: (relatedTo: DraftForm['relatedTo']) => void
}

/** What a hypothesis goes on from: an earlier one that taught something, or that is put to the test once more. */
export function RelatedField({ own, relatedTo, error, onChange }: Props) {
  const hypotheses = useQuery(hypothesesQuery(useProjectKey())).data?.hypotheses ?? []
  const others = hypotheses.filter(({ key }) => key !== own).map(({ key, title }) => ({ value: key, label: `${key} ${title}` }))
  if (others.length === 0 && relatedTo.hypothesis === null) return null
  return (
    <div className={css.pair}>
      <Select label="It goes on from" description="An earlier hypothesis, where there is one." placeholder="None: a new idea" clearable clearButtonProps={{ 'aria-label': 'Goes on from none' }} searchable nothingFoundMessage="No such hypothesis" data={others} value={relatedTo.hypothesis} error={error} onChange={(hypothesis) => { onChange({ ...relatedTo, hypothesis }) }} />
      {relatedTo.hypothesis === null ? null : (
        <div>
          <span className={css.label} id="related-kind">How it goes on</span>
          <SegmentedControl aria-labelledby="related-kind" data={[{ value: 'follow_up', label: 'with another change' }, { value: 'replication', label: 'the same once more' }]} value={relatedTo.kind} onChange={(kind) => { onChange({ ...relatedTo, kind: kind === 'replication' ? 'replication' : 'follow_up' }) }} />
        </div>
      )}
    </div>
  )
}
