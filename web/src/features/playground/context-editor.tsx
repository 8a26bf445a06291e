import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { AskedAttribute } from '../../ui/condition/asked-attributes.ts'
import { Panel } from '../../ui/panel.tsx'
import { inMode, readDraft, type ContextDraft } from './context-draft.ts'
import css from './context-editor.module.css'
import { ContextRowField } from './context-row-field.tsx'
import { withRow } from './context-rows.ts'

interface Props {
  draft: ContextDraft
  /** Attributes that what is asked looks at: offered where they are not given yet. */
  asked: readonly AskedAttribute[]
  /** What the attributes of units stand for, by path. */
  hints: ReadonlyMap<string, string>
  onChange: (draft: ContextDraft) => void
}

/** The context, attribute by attribute or as JSON; one becomes the other. */
export function ContextEditor({ draft, asked, hints, onChange }: Props) {
  const read = readDraft(draft)
  const problem = 'problem' in read ? read.problem : undefined
  const change = (next: ContextDraft | null) => { if (next) onChange(next) }
  return (
    <Panel
      title="Context"
      aside={<SegmentedControl aria-label="How the context is written" data={[{ value: 'rows', label: 'Attributes' }, { value: 'json', label: 'JSON' }]} value={draft.mode} onChange={(mode) => { change(inMode(draft, mode === 'json' ? 'json' : 'rows')) }} />}
    >
      {draft.mode === 'json' ? (
        <Textarea aria-label="Context as JSON" classNames={{ input: css.json ?? '' }} minRows={8} maxRows={24} placeholder={'{ "targetingKey": "customer-17" }'} value={draft.text} error={problem} spellCheck={false} onChange={(event) => { onChange({ mode: 'json', text: event.currentTarget.value }) }} />
      ) : (
        <>
          <ul className={css.rows}>
            {draft.rows.map((row) => (
              <ContextRowField
                key={row.id}
                row={row}
                problem={'problem' in read ? undefined : read.problems.get(row.id)}
                hint={hints.get(row.path)}
                onChange={(next) => { onChange({ mode: 'rows', rows: draft.rows.map((old) => (old.id === row.id ? next : old)) }) }}
                onRemove={() => { onChange({ mode: 'rows', rows: draft.rows.filter((old) => old.id !== row.id) }) }}
              />
            ))}
          </ul>
          <div className={css.add}>
            <Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { onChange({ mode: 'rows', rows: withRow(draft.rows) }) }}>Add attribute</Button>
            {asked.filter(({ path }) => !draft.rows.some((row) => row.path === path)).map(({ path, kind }) => (
              <button key={path} type="button" className={css.offer} aria-label={`Add ${path}`} onClick={() => { onChange({ mode: 'rows', rows: withRow(draft.rows, path, kind === 'any' ? 'text' : kind) }) }}><IconPlus size={11} aria-hidden /><code>{path}</code></button>
            ))}
          </div>
        </>
      )}
    </Panel>
  )
}
