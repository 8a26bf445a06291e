import type { Layer } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import type { Permit } from '../../api/project.ts'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { percent } from '../../ui/format.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { seriesColour } from '../../ui/split-bar.tsx'
import { LayerBar } from '../../ui/layer/layer-bar.tsx'
import { rangeWords, shareOfLayer } from '../../ui/layer/layer-range.ts'
import css from './layer-card.module.css'
import { layerIn } from './layer-parts.ts'

/** A layer with what takes which part of it, and what is still free. */
export function LayerCard({ layer, permit, onDelete }: { layer: Layer; permit: Permit; onDelete: () => void }) {
  const project = useProject()
  const environments = layerIn(layer, project.environments)
  const used = layer.taken.length > 0
  return (
    <section className={css.card} aria-label={`Layer ${layer.name}`}>
      <header>
        <h3>{layer.name}</h3>
        <KeyTag>{layer.key}</KeyTag>
        <span className="muted">divides by {layer.unit}, since <Ago at={layer.createdAt} />, {layer.createdBy}</span>
        <span className={css.delete}>
          {used ? <span className="muted">In use</span> : null}
          <PermittedButton permit={permit.allowed && used ? { allowed: false, why: 'It is in use. End what takes a part of it first.' } : permit} variant="default" size="compact-sm" aria-label={`Delete ${layer.name}`} onClick={onDelete}>Delete</PermittedButton>
        </span>
      </header>
      {used ? environments.map(({ environment, parts, free }) => {
        const known = project.environments.find(({ key }) => key === environment)
        return (
          <div key={environment} className={css.environment}>
            <p className={css.where}><EnvTag name={known?.name ?? environment} production={known?.production ?? false} /><span className="muted">{percent(free)} free</span></p>
            <LayerBar parts={parts} />
            <ul className={css.parts}>
              {parts.map((part) => (
                <li key={`${part.flag} ${part.from}`}>
                  <i style={{ background: seriesColour(part.series) }} />
                  {part.experiment === null ? null : <Link to="/p/$project/experiments/$experiment" params={{ project: project.key, experiment: part.experiment }}>{part.experiment}</Link>}
                  <Link to="/p/$project/flags/$flag/$tab" params={{ project: project.key, flag: part.flag, tab: 'targeting' }} search={{ env: environment }}><code>{part.flag}</code></Link>
                  <span className="muted num">{percent(shareOfLayer(part))}, from {rangeWords(part)}</span>
                </li>
              ))}
            </ul>
          </div>
        )
      }) : <p className="muted">Nothing takes a part of it yet.</p>}
    </section>
  )
}
