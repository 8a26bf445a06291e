import { Link } from '@tanstack/react-router'
import type { FlagDetail } from '@assay/server/contract'
import { useProjectKey } from '../../api/project.ts'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { nodeSample, rulesetSample } from '../../ui/code/samples.ts'
import css from './code-tab.module.css'

/** How a service asks for this flag. */
export function CodeTab({ flag }: { flag: FlagDetail }) {
  const project = useProjectKey()
  const url = window.location.origin
  const off = flag.environments[0]?.targeting.offVariant
  const fallback = (flag.variants.find(({ key }) => key === off) ?? flag.variants[0])?.value ?? null
  return (
    <div className={css.code}>
      <p className="soft">Set <code>ASSAY_KEY</code> to a server key of the environment. <Link to="/p/$project/settings/$section" params={{ project, section: 'keys' }}>Create one under Settings</Link>; it is shown once. Evaluation happens inside the service: no request is made when a flag is read.</p>
      <CodeBlock label="Node" code={nodeSample({ url, flag: flag.key, type: flag.type, fallback })} />
      <p className="soft">What any other language evaluates:</p>
      <CodeBlock label="Ruleset" code={rulesetSample(url)} />
    </div>
  )
}
