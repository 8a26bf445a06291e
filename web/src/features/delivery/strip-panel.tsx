import type { Spread } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { StripShape } from '../../charts/strip-mark.tsx'
import { StripPlot } from '../../charts/strip-plot.tsx'
import { around } from '../../ui/around.ts'
import { duration } from '../../ui/duration.ts'
import { ChartPanel } from './chart-panel.tsx'
import { timeIn } from './clock.ts'
import css from './delivery.module.css'

/** Something that took its time and ended with an entry of the audit log. */
export interface Timed {
  flag: string
  environment: string
  entry: number
  at: string
  ms: number
  shape: StripShape
  /** What happened, such as `Turned off`. */
  what: string
}

interface Props {
  project: string
  title: string
  sentence: string
  legend?: ReactNode
  /** Newest first, at least one. */
  timed: readonly Timed[]
  spread: Spread | null
  from: string
  to: string
  zone: string
  /** Heads of the table twin's columns: what it is about, when, and how long. */
  head: readonly string[]
}

/** How long each of many took. The point that is read leads to its flag, its entry and everything around its time. */
export function StripPanel({ project, title, sentence, legend, timed, spread, from, to, zone, head }: Props) {
  const [value, setValue] = useState<number | null>(null)
  const words = ({ flag, what, at, ms }: Timed) => `${flag}: ${what.toLowerCase()} ${timeIn(at, zone)}, after ${duration(ms)}`
  const read = timed.find(({ entry }) => entry === value)
  return (
    <ChartPanel
      title={title}
      sentence={sentence}
      legend={legend}
      chart={(
        <>
          <StripPlot points={timed.toReversed().map((one) => ({ key: one.entry, at: Date.parse(one.at), ms: one.ms, shape: one.shape, words: words(one) }))} from={Date.parse(from)} to={Date.parse(to)} spread={spread} value={value} onChange={setValue} label={`${title}. ${sentence}`} />
          <p className={css.read}>
            {read === undefined ? <span className="muted">Shaded: the middle half. Line: the median. Point at one to read it.</span> : (
              <>
                <span><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: read.flag, tab: 'history' }} search={{ env: read.environment }}>{read.flag}</Link>{words(read).slice(read.flag.length)}</span>
                <Link to="/p/$project/audit" params={{ project }} search={{ entry: read.entry }}>Entry {read.entry}</Link>
                <Link to="/p/$project/audit" params={{ project }} search={around(read.at)}>Around this time</Link>
              </>
            )}
          </p>
        </>
      )}
      head={head}
      numbers={1}
      rows={timed.map((one) => ({ key: String(one.entry), cells: [one.flag, timeIn(one.at, zone), one.what, duration(one.ms)] }))}
    />
  )
}
