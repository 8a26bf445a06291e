import { Panel } from '../../ui/panel.tsx'
import css from './delivery.module.css'

/** What exactly is counted: tiles and the panel of definitions say it in the same words. */
export const DEFINITIONS = {
  change: 'An entry of the audit log after which a flag does something else in production than before. Turning off what is off does not count.',
  rollback: 'Within 24 hours of a change, the flag was turned off, or it does again exactly what it did before. The share is of all changes that left a flag on.',
  restore: 'From the change that was taken back to the rollback.',
  exposure: 'From the change that lets a flag reach somebody to the first one after which everybody gets the same. Flags that reach everybody in one change are counted apart.',
  turnedOff: 'Turned off by the button that waits for nothing: no review, no reason first. Archiving does not count.',
} as const

const TERMS = [['Change', DEFINITIONS.change], ['Rollback', DEFINITIONS.rollback], ['Time to restore by a flag', DEFINITIONS.restore], ['Time to everybody', DEFINITIONS.exposure], ['Turned off in one click', DEFINITIONS.turnedOff]] as const

export function DefinitionsPanel() {
  return (
    <Panel title="How this is counted">
      <dl className={css.terms}>
        {TERMS.map(([term, words]) => <div key={term}><dt>{term}</dt><dd>{words}</dd></div>)}
      </dl>
      <p className="muted">Times are medians: half took longer, half less. Everything is from the audit log; releases of code and incidents are not known here.</p>
    </Panel>
  )
}
