import { useRef, type KeyboardEvent } from 'react'
import type { Environment, FlagDetail } from '@assay/server/contract'
import type { Naming } from '../../ui/serve/naming.ts'
import css from './env-strip.module.css'
import { environmentSummary } from './environment-summary.ts'

interface Props {
  environments: readonly Environment[]
  flag: FlagDetail
  naming: Naming
  value: string
  onChange: (environment: string) => void
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** One environment at a time, with what each of them serves. */
export function EnvStrip({ environments, flag, naming, value, onChange }: Props) {
  const buttons = useRef(new Map<string, HTMLButtonElement>())
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = environments.findIndex(({ key }) => key === value)
    const next = environments[(at + step + environments.length) % environments.length]
    if (!next) return
    onChange(next.key)
    buttons.current.get(next.key)?.focus()
  }
  return (
    <div className={css.strip} role="radiogroup" aria-label="Environment" onKeyDown={move}>
      {environments.map(({ key, name, production }) => {
        const targeting = flag.environments.find(({ environment }) => environment === key)?.targeting
        return (
          <button
            key={key}
            ref={(element) => { if (element) buttons.current.set(key, element); else buttons.current.delete(key) }}
            type="button"
            role="radio"
            aria-checked={key === value}
            tabIndex={key === value ? 0 : -1}
            className={production ? `${css.one} ${css.production}` : css.one}
            onClick={() => { onChange(key) }}
          >
            <span className={targeting?.enabled ? `${css.dot} ${css.on}` : css.dot} aria-hidden />
            <span>{name}</span>
            <small>{targeting ? environmentSummary(targeting, naming) : 'Off'}</small>
          </button>
        )
      })}
    </div>
  )
}
