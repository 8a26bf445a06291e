import type { FlagName, PlaygroundResult } from '@assay/server/contract'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { count } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { namingOf } from '../../ui/serve/naming.ts'
import { seriesColour } from '../../ui/split-bar.tsx'
import css from './all-flags-panel.module.css'
import { isFound, reasonNames } from './reason-words.ts'

interface Props {
  results: readonly PlaygroundResult[]
  flags: readonly FlagName[]
  search: string
  onSearch: (search: string) => void
  /** Asks about one flag, with every step. */
  onFlag: (flag: string) => void
  aside: ReactNode
}

/** What the context gets from every flag at once. */
export function AllFlagsPanel({ results, flags, search, onSearch, onFlag, aside }: Props) {
  const known = new Map(flags.map((flag) => [flag.key, flag]))
  const nameOf = (key: string) => known.get(key)?.name ?? key
  const found = results.filter((result) => isFound(result, nameOf(result.flag), search))
  return (
    <Panel title="What it gets from every flag" aside={aside} padded={false}>
      <div className={css.filters}>
        <TextInput aria-label="Search the flags" placeholder="Flag, variant, value or reason" leftSection={<IconSearch size={15} />} className={css.search ?? ''} value={search} onChange={(event) => { onSearch(event.currentTarget.value) }} />
        <span className="muted">{count(found.length)} of {count(results.length)}</span>
      </div>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="What it gets from every flag">
        <table className={`table ${css.table}`}>
          <thead><tr><th scope="col">Flag</th><th scope="col">Gets</th><th scope="col">Value</th><th scope="col">Because of</th></tr></thead>
          <tbody>
            {found.map((result) => {
              const flag = known.get(result.flag)
              const naming = namingOf(flag?.variants ?? [])
              const { words, tone } = reasonNames[result.reason]
              return (
                <tr key={result.flag}>
                  <td className={css.flag}><button type="button" aria-label={`Ask why: ${nameOf(result.flag)}`} onClick={() => { onFlag(result.flag) }}>{nameOf(result.flag)}</button><code>{result.flag}</code></td>
                  <td>{result.variant === null ? <span className="muted">Caller’s default</span> : <span className={css.variant}><i style={{ background: seriesColour(naming.series(result.variant)) }} />{naming.variant(result.variant)}</span>}</td>
                  <td><code className={css.value}>{result.value === undefined ? '' : JSON.stringify(result.value)}</code></td>
                  <td><Chip tone={tone}>{words}</Chip>{result.errorCode === null ? null : <code className={css.code}>{result.errorCode}</code>}{result.experiment === null ? null : <span className={css.code}>{result.experiment}</span>}</td>
                </tr>
              )
            })}
            {found.length === 0 ? <tr><td colSpan={4} className="muted">{results.length === 0 ? 'There was no flag here at this time.' : 'No flag matches.'}</td></tr> : null}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
