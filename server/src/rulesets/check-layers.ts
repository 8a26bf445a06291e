import type { Flag, LayerRange, Ruleset } from '@assay/sdk/core'
import type { Issue } from './check-condition.ts'

interface Part extends Pick<LayerRange, 'from' | 'to'> {
  path: string
  /** Such as "Rule 2 of checkout". */
  what: string
}

/** No bucket of a layer belongs to two splits: that is what keeps a unit out of two experiments. Flags that are off keep their part, so that they can be turned on again. */
export function checkLayers(ruleset: Ruleset): Issue[] {
  return [...partsByLayer(ruleset.flags)].flatMap(([layer, parts]) => {
    const issues: Issue[] = []
    let furthest: Part | undefined
    for (const part of parts.sort((a, b) => a.from - b.from || a.to - b.to)) {
      if (furthest && part.from < furthest.to) issues.push({ path: part.path, message: `${part.what} takes ${range(part)} of the layer ${layer}, of which ${lowerFirst(furthest.what)} has ${range(furthest)}: choose a part that is free.` })
      if (!furthest || part.to > furthest.to) furthest = part
    }
    return issues
  })
}

function partsByLayer(flags: readonly Flag[]): Map<string, Part[]> {
  const parts = new Map<string, Part[]>()
  for (const flag of flags) {
    const serves = [...flag.rules.map(({ serve }, index) => ({ serve, at: `rules.${index}.serve`, what: `Rule ${index + 1} of ${flag.key}` })), { serve: flag.fallthrough, at: 'fallthrough', what: `The fallthrough of ${flag.key}` }]
    for (const { serve, at, what } of serves) {
      if ('variant' in serve || !serve.layer || serve.layer.from >= serve.layer.to) continue
      const { key, from, to } = serve.layer
      const known = parts.get(key) ?? []
      known.push({ from, to, path: `flags.${flag.key}.${at}.layer`, what })
      parts.set(key, known)
    }
  }
  return parts
}

function range({ from, to }: Pick<LayerRange, 'from' | 'to'>): string {
  return `${from / 1000}% to ${to / 1000}%`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
