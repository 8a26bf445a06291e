import type { Programme } from '@assay/server/contract'
import { count, percent } from '../../ui/format.ts'
import css from './calibration-chart.module.css'

type Bins = NonNullable<Programme['calibration']['value']>['bins']

const SIZE = 220
const LEFT = 38
const TOP = 8
const x = (share: number) => LEFT + share * SIZE
const y = (share: number) => TOP + (1 - share) * SIZE
const ticks = [0, 0.5, 1]

/** What was forecast against what came, by bins of the forecast: on the line, they held. The same numbers follow as a table. */
export function CalibrationChart({ bins }: { bins: Bins }) {
  return (
    <div className={css.chart}>
      <svg viewBox={`0 0 ${LEFT + SIZE + 20} ${TOP + SIZE + 38}`} className={css.plot} aria-hidden>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className={css.grid} />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="tick">{percent(tick)}</text>
            <text x={x(tick)} y={y(0) + 16} textAnchor="middle" className="tick">{percent(tick)}</text>
          </g>
        ))}
        <text x={x(0.5)} y={y(0) + 33} textAnchor="middle" className="note">Forecast</text>
        <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className={css.ideal} />
        {bins.map((bin) => (
          <g key={bin.from}>
            <line x1={x(bin.meanForecast)} x2={x(bin.meanForecast)} y1={y(bin.lower)} y2={y(bin.upper)} className={css.interval} />
            <circle cx={x(bin.meanForecast)} cy={y(bin.rate)} r={Math.min(9, 4 + Math.sqrt(bin.count))} className={css.point} />
          </g>
        ))}
      </svg>
      <div className="tablewrap" tabIndex={0} role="region" aria-label="Forecasts by how likely they were">
        <table className="table">
          <thead><tr><th scope="col">Forecast</th><th scope="col" className="right">How many</th><th scope="col" className="right">Said</th><th scope="col" className="right">Came</th></tr></thead>
          <tbody>
            {bins.map((bin) => (
              <tr key={bin.from}>
                <td className={css.nowrap}>{percent(bin.from, 0)} to {percent(bin.to, 0)}</td>
                <td className="right num">{count(bin.count)}</td>
                <td className="right num">{percent(bin.meanForecast, 0)}</td>
                <td className="right num">{percent(bin.rate, 0)}<small className={css.range}>{percent(bin.lower, 0)} to {percent(bin.upper, 0)}</small></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
