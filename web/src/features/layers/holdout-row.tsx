import type { Holdout } from '@assay/server/contract'
import type { Permit } from '../../api/project.ts'
import { date, percent } from '../../ui/format.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { SplitBar } from '../../ui/split-bar.tsx'
import { shareOf } from './holdout-words.ts'
import css from './holdout-row.module.css'

export function HoldoutRow({ holdout, permit, onRelease }: { holdout: Holdout; permit: Permit; onRelease: () => void }) {
  const share = shareOf(holdout)
  return (
    <li className={css.row}>
      <div className={css.what}>
        <p className={css.name}><b>{holdout.name}</b><KeyTag>{holdout.key}</KeyTag></p>
        <p className="muted">Since {date(holdout.createdAt)}, {holdout.createdBy}. Measured as <code>holdout:{holdout.key}</code></p>
      </div>
      <div className={css.share}>
        <p><b className="num">{percent(share)}</b> of {holdout.unit === 'user' ? 'people' : holdout.unit} held out</p>
        <SplitBar parts={[{ label: 'Held out', share, series: 1 }, { label: 'In', share: 1 - share, series: 0 }]} height={8} />
      </div>
      <PermittedButton permit={permit} variant="default" size="compact-sm" aria-label={`Release ${holdout.name}`} onClick={onRelease}>Release</PermittedButton>
    </li>
  )
}
