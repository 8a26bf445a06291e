import type { Analysis } from '@assay/server/contract'
import { IconAlertTriangle, IconCheck, IconShieldX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { BalanceBar } from '../../charts/balance-bar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { count } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { seriesColour } from '../../ui/split-bar.tsx'
import { balanceOf, type BalanceState } from './balance.ts'
import css from './people-panel.module.css'

/** Who met which variant, and whether that is how the plan divides people. */
export function PeoplePanel({ analysis, children }: { analysis: Analysis; /** What it rests on. */ children?: ReactNode }) {
  const balance = balanceOf(analysis)
  return (
    <Panel title="People" aside={<StateChip state={balance.state} label={balance.label} />}>
      <BalanceBar parts={balance.parts} />
      <ul className={balance.parts.length === 2 ? `${css.arms} ${css.pair}` : css.arms}>
        {balance.parts.map(({ arm, n, series }) => <li key={arm}><span><i style={{ background: seriesColour(series) }} />{arm}</span><b>{count(n)}</b></li>)}
      </ul>
      <p className={css.words}>{balance.words}</p>
      <p className={css.words}>{balance.crossed}</p>
      {balance.bots === null ? null : <p className={css.words}>{balance.bots}</p>}
      {children}
    </Panel>
  )
}

function StateChip({ state, label }: { state: BalanceState; label: string }) {
  switch (state) {
    case 'balanced': return <Chip tone="win" icon={<IconCheck size={12} aria-hidden />}>{label}</Chip>
    case 'unusual': return <Chip tone="warn" icon={<IconAlertTriangle size={12} aria-hidden />}>{label}</Chip>
    case 'broken': return <Chip tone="warn" icon={<IconShieldX size={12} aria-hidden />}>{label}</Chip>
    case 'unknown': return <Chip>{label}</Chip>
  }
}
