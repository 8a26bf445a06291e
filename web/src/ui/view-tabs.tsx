import { useRef, type KeyboardEvent } from 'react'
import { count } from './format.ts'
import css from './view-tabs.module.css'

interface Props<View extends string> {
  /** `count` is undefined until it is known. */
  views: readonly { value: View; label: string; count: number | undefined }[]
  value: View
  onChange: (view: View) => void
  /** Id of the panel below. */
  controls: string
}

/** Saved views as tabs, each with how much is in it. */
export function ViewTabs<View extends string>({ views, value, onChange, controls }: Props<View>) {
  const buttons = useRef(new Map<View, HTMLButtonElement>())
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = views[(views.findIndex((view) => view.value === value) + step + views.length) % views.length]
    if (step === 0 || !next) return
    event.preventDefault()
    onChange(next.value)
    buttons.current.get(next.value)?.focus()
  }
  return (
    <div className={css.views} role="tablist" aria-label="Views" onKeyDown={move}>
      {views.map((view) => (
        <button
          key={view.value}
          ref={(element) => { if (element) buttons.current.set(view.value, element); else buttons.current.delete(view.value) }}
          type="button"
          role="tab"
          id={`view-${view.value}`}
          aria-selected={view.value === value}
          aria-controls={controls}
          tabIndex={view.value === value ? 0 : -1}
          onClick={() => { onChange(view.value) }}
        >
          {view.label}{view.count === undefined ? null : <span className={css.count}>{count(view.count)}</span>}
        </button>
      ))}
    </div>
  )
}
