import type { ExperimentSetup, Project } from '@assay/server/contract'
import { percent, plural } from '../../ui/format.ts'
import { admittedShare } from '../../ui/plan/admitted-share.ts'
import { modes } from '../../ui/plan/modes.ts'
import { layerText } from '../../ui/serve/serve-words.ts'
import type { FactGroup } from './plan-facts.ts'

/** Who meets what, in words; without a setup all of it is open. */
export function setupFacts(setup: ExperimentSetup | null, environments: Project['environments']): FactGroup {
  const title = 'Who meets it'
  if (setup === null) return { step: 'expose', title, facts: [{ label: 'Exposure', lines: [] }] }
  const sum = setup.arms.reduce((total, arm) => total + arm.weight, 0)
  const planned = [...(setup.plannedUnits === null ? [] : [plural(setup.plannedUnits, 'person', 'people')]), ...(setup.plannedDays === null ? [] : [plural(setup.plannedDays, 'day')])]
  return {
    step: 'expose',
    title,
    facts: [
      { label: 'Flag', lines: [`${setup.flag} in ${environments.find(({ key }) => key === setup.environment)?.name ?? setup.environment}`] },
      { label: 'Arms', lines: setup.arms.map(({ variant, weight }) => `${variant}, ${percent(weight / sum)}${variant === setup.control ? ', control' : ''}`) },
      { label: 'Let in', lines: [`${percent(setup.coverage)} of ${setup.layer ? 'its part of a layer' : 'the audience'}, by ${setup.unitType}${setup.assignment === 'external' ? ', assigned by a service of ours' : ''}`] },
      ...(setup.layer ? [{ label: 'Layer', lines: [`${layerText(setup.layer)}: ${percent(admittedShare(setup))} of the audience takes part`] }] : []),
      { label: 'Planned', lines: planned.length === 0 ? ['Open-ended'] : [`${planned.join(' or ')}, ${plural(setup.minDays, 'day')} at least`] },
      { label: 'Read', lines: [`${modes[setup.mode].name}, at a level of ${percent(setup.alpha)} with ${percent(setup.power)} power`] },
    ],
  }
}
