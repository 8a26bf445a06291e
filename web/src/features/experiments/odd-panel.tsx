import type { Analysis } from '@assay/server/contract'
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react'
import { Chip } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './findings-panel.module.css'
import { oddWords } from './odd-words.ts'

/** What is odd about the numbers and worth a look before anybody believes them. It never blocks. */
export function OddPanel({ analysis }: { analysis: Analysis }) {
  if (analysis.findings === undefined) return null
  const found = analysis.findings.map((finding) => ({ key: JSON.stringify(finding), ...oddWords(finding, analysis) }))
  const odd = found.filter((finding) => !finding.unknown)
  return (
    <Panel title="Before you believe it" aside={odd.length === 0 ? <Chip tone="win" icon={<IconCheck size={12} aria-hidden />}>Nothing odd</Chip> : <Chip tone="warn" icon={<IconAlertTriangle size={12} aria-hidden />}>{plural(odd.length, 'thing')} to check</Chip>}>
      {found.length === 0 ? <p className="soft">Sizes, spreads, caps and the time before exposure look as they should.</p> : (
        <ul className={css.list}>
          {found.map(({ key, sentence, evidence, unknown }) => (
            <li key={key} className={unknown ? undefined : css.warn}>
              {unknown ? <IconQuestionMark size={16} role="img" aria-label="Not known" /> : <IconAlertTriangle size={16} role="img" aria-label="To check" />}
              <span>{sentence} <small className={css.evidence}>{evidence}</small></span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
