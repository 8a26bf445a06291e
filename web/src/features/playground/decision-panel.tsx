import type { PlaygroundResult } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useProjectKey } from '../../api/project.ts'
import { Chip } from '../../ui/chip.tsx'
import { ExplanationTree } from '../../ui/explanation/explanation-tree.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { seriesColour } from '../../ui/split-bar.tsx'
import css from './decision-panel.module.css'
import { reasonNames, reasonText } from './reason-words.ts'

interface Props {
  title: ReactNode
  result: PlaygroundResult
  naming: Naming
  ruleName: string | undefined
  /** Of what version, and when that was live. */
  aside: ReactNode
}

/** What the context gets from one flag, why, and every step on the way. */
export function DecisionPanel({ title, result, naming, ruleName, aside }: Props) {
  const project = useProjectKey()
  const { variant, value, reason, errorCode, experiment, phase, steps } = result
  return (
    <Panel title={title} aside={aside}>
      <div className={css.got}>
        {variant === null ? <h3>The default in the caller’s code</h3> : <h3><i style={{ background: seriesColour(naming.series(variant)) }} />{naming.variant(variant)}</h3>}
        <Chip tone={reasonNames[reason].tone}>{reasonNames[reason].words}</Chip>
        {errorCode === null ? null : <code className={css.code}>{errorCode}</code>}
      </div>
      <p className={css.why}>{reasonText(result, ruleName)}</p>
      {experiment === null ? null : <p className="soft">Measured by <Link to="/p/$project/experiments/$experiment" params={{ project, experiment }}>{experiment}</Link>{phase === null ? '' : `, phase ${phase}`}.</p>}
      {value === undefined ? null : <pre className={css.value} tabIndex={0} role="region" aria-label="Value">{JSON.stringify(value, null, 2)}</pre>}
      {steps === null || steps.length === 0 ? null : (
        <section className={css.steps} aria-label="How it was decided">
          <h3>How it was decided</h3>
          <ExplanationTree steps={steps} />
        </section>
      )}
    </Panel>
  )
}
