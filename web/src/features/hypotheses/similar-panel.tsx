import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { LevelGlyph } from '../../ui/level-glyph.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PastVerdict } from '../../ui/verdict/past-verdict.tsx'
import type { DraftForm } from './draft-form.ts'
import { similarQuery, type Writing } from './hypotheses-queries.ts'
import css from './similar-panel.module.css'

const DEBOUNCE_MS = 600

/** What others have tried of the same, found while somebody writes. Nothing waits for it. */
export function SimilarPanel({ form, own }: { form: DraftForm; own: string | null }) {
  const project = useProjectKey()
  const [written] = useDebouncedValue(JSON.stringify({ title: form.title.trim(), change: form.change.trim(), because: form.because.trim() } satisfies Writing), DEBOUNCE_MS)
  const words = JSON.parse(written) as Writing
  const enabled = `${words.title} ${words.change} ${words.because}`.trim().split(/\s+/).length > 1
  const { data, isError } = useQuery({ ...similarQuery(project, words, own), enabled })
  const found = enabled ? (data?.hypotheses ?? []) : []
  return (
    <Panel title="Thought of before" padded={false}>
      <div role="status">
        {isError ? <p className={css.quiet}>It could not be looked for just now. That keeps nobody from writing.</p> : found.length === 0 ? <p className={css.quiet}>{enabled && data !== undefined ? 'Nothing that speaks of the same.' : 'Hypotheses that speak of the same show up here as you write.'}</p> : (
          <ul className={css.list}>
            {found.map(({ key, title, level, verdicts, learnings }) => (
              <li key={key}>
                <div className={css.head}><LevelGlyph level={level} size={16} /><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: key }} target="_blank">{title}<span className="sr"> ({key}, opens a new tab)</span></Link></div>
                <div className={css.verdicts}>{verdicts.length === 0 ? <span className="muted">Never tested</span> : verdicts.map(({ experiment, verdict }) => <PastVerdict key={experiment} verdict={verdict ?? 'none'} />)}</div>
                {learnings.map(({ experiment, text }) => <blockquote key={experiment}>{text}</blockquote>)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
