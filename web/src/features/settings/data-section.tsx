import { keptDays } from '@assay/server/contract'
import { Panel } from '../../ui/panel.tsx'
import { plural } from '../../ui/format.ts'
import css from './data-section.module.css'

const FOR_GOOD = 'For good'
const days = (n: number) => plural(n, 'day')

const kinds: readonly { what: string; holds: string; kept: string }[] = [
  { what: 'Exposures and events', holds: 'Who met which variant, and what they did, under the identifiers that your services send. Results are computed from them again and again.', kept: FOR_GOOD },
  { what: 'Attributes of people', holds: 'A sample of the newest attributes that targeting met, for sizes of cohorts and for who moves when a rule changes.', kept: `${days(keptDays.contexts)} after the newest` },
  { what: 'Connected SDKs', holds: 'Name, version and the newest rules of each service that is connected.', kept: `${days(keptDays.acknowledgements)} after the last sign of life` },
  { what: 'Audit log', holds: 'Who changed what, when and why. An entry that is missing would break its chain.', kept: FOR_GOOD },
  { what: 'Browsers that are signed in', holds: 'Browser and system by name, and times. No addresses.', kept: `${days(keptDays.unusedSession)} without use, ${days(keptDays.session)} at most` },
  { what: 'Invitations', holds: 'A one-time link, as a fingerprint.', kept: days(keptDays.invitation) },
]

/** What the installation keeps, and how long: read-only, because nothing of it can be set. */
export function DataSection() {
  return (
    <>
      <Panel title="How long data is kept" padded={false}>
        <div className={css.scroll} tabIndex={0} role="region" aria-label="How long data is kept">
          <table className={css.kept}>
            <thead><tr><th scope="col">What</th><th scope="col">Kept</th></tr></thead>
            <tbody>
              {kinds.map(({ what, holds, kept }) => <tr key={what}><th scope="row">{what}<span>{holds}</span></th><td>{kept}</td></tr>)}
            </tbody>
          </table>
        </div>
      </Panel>
      <p className="muted">These times are the same for every project and cannot be set here. Where exposures and events must go earlier, whoever runs the event store removes them there.</p>
    </>
  )
}
