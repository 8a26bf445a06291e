import type { Analysis } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'

const kinds: readonly Plan['metrics'][number]['type'][] = ['conversion', 'sum', 'mean']

/** What a plan asks for that a bundle's rows cannot give again yet, in words; empty where they give everything. */
export function beyondBundle({ metrics, cupedDays, bots }: Pick<Plan, 'metrics' | 'cupedDays' | 'bots'>): string[] {
  const beyond = metrics.flatMap(({ name, type, filter, property, cap }) => {
    if (!kinds.includes(type)) return [`${name} is a ${type}`]
    const parts = [filter ? 'conditions on properties' : null, property === undefined ? null : 'a property as its value', cap ? 'a cap' : null].filter((part) => part !== null)
    return parts.length === 0 ? [] : [`${name} has ${parts.join(' and ')}`]
  })
  return [...beyond, ...(cupedDays ? ['its estimates are adjusted by what people did before'] : []), ...(bots && bots.length > 0 ? ['it leaves out bots'] : [])]
}

/** Whether an effect wears off needs what each day after the first exposure added, which is in no row. */
export function withoutNovelty(analysis: Analysis): Analysis {
  if (!analysis.findings) return analysis
  return { ...analysis, findings: analysis.findings.filter(({ code }) => code !== 'novelty' && code !== 'primacy' && code !== 'novelty_unknown') }
}
