import type { CompiledPattern } from './compile-options.ts'
import { characterTest, type InSet } from './pattern-characters.ts'
import { parsePattern, type Assertion, type PatternNode } from './pattern-syntax.ts'

/** One step of a program: read a character, go on at two places, hold an assertion, or succeed. */
type Step = { kind: 'read'; test: InSet } | { kind: 'fork'; to: number; or: number } | { kind: 'assert'; at: Assertion } | { kind: 'match' }

/** Bounds what one match costs: steps times characters. */
const MOST_STEPS = 3000
/** Bounds what compiling costs: repeats of nothing have no steps. */
const MOST_PARTS = 20_000
const LONGEST_TEXT = 10_000

/**
 * Compiles a pattern of RE2's syntax. It matches anywhere in a text, in time linear to the text whatever the pattern is: all
 * ways through the pattern are followed at once, so there is no backtracking (Thompson 1968; Cox, swtch.com/~rsc/regexp).
 * Of a text of more than 10,000 characters it says nothing.
 */
export function compilePattern(pattern: string, ignoreCase = false): CompiledPattern {
  const parsed = parsePattern(pattern, ignoreCase)
  if (!parsed.ok) return parsed
  const steps = programOf(parsed.node)
  if (!steps) return { ok: false, error: 'it is too large: its repeats multiply.' }
  const run = runner(steps)
  return { ok: true, matches: (text) => (text.length > LONGEST_TEXT ? undefined : run(text)) }
}

/** The steps of a pattern, undefined if they are too many. */
function programOf(node: PatternNode): Step[] | undefined {
  const steps: Step[] = []
  const tests = new Map<PatternNode, InSet>()
  let parts = 0
  const isSmall = emit(node)
  steps.push({ kind: 'match' })
  return isSmall ? steps : undefined

  function emit(part: PatternNode): boolean {
    if (steps.length >= MOST_STEPS || ++parts > MOST_PARTS) return false
    switch (part.kind) {
      case 'characters':
        steps.push({ kind: 'read', test: testOf(part) })
        return true
      case 'assertion':
        steps.push({ kind: 'assert', at: part.at })
        return true
      case 'sequence':
        return part.parts.every(emit)
      case 'either':
        return emitEither(part.parts)
      case 'repeat':
        return emitRepeat(part.part, part.least, part.most)
    }
  }

  /** A repeated part is in the program many times, its test once. */
  function testOf(part: PatternNode & { kind: 'characters' }): InSet {
    const test = tests.get(part) ?? characterTest(part.characters, part.ignoreCase)
    tests.set(part, test)
    return test
  }

  function emitEither(parts: readonly PatternNode[]): boolean {
    const ends: { or: number; to: number }[] = []
    const isWhole = parts.every((part, index) => {
      if (index === parts.length - 1) return emit(part)
      const fork = push()
      const isEmitted = emit(part)
      ends.push(push())
      fork.or = steps.length
      return isEmitted
    })
    for (const end of ends) end.to = end.or = steps.length
    return isWhole
  }

  function emitRepeat(part: PatternNode, least: number, most: number): boolean {
    for (let count = 0; count < least; count++) if (!emit(part)) return false
    if (most === Infinity) {
      const start = steps.length
      const fork = push()
      if (!emit(part)) return false
      const back = push()
      back.to = back.or = start
      fork.or = steps.length
      return true
    }
    const forks: { or: number }[] = []
    for (let count = least; count < most; count++) {
      forks.push(push())
      if (!emit(part)) return false
    }
    for (const fork of forks) fork.or = steps.length
    return true
  }

  /** A fork that goes on with the next step, to be given its other end. */
  function push(): { kind: 'fork'; to: number; or: number } {
    const fork = { kind: 'fork' as const, to: steps.length + 1, or: steps.length + 1 }
    steps.push(fork)
    return fork
  }
}

function runner(steps: readonly Step[]): (text: string) => boolean {
  /** The position at which a step was last entered, so that it is entered once per position. */
  const enteredAt = new Int32Array(steps.length)
  const pending: number[] = []
  /** Steps that read a character, at this position and at the next. */
  let now: number[] = []
  let next: number[] = []

  /** Follows forks and assertions from a step to those that read; true if the pattern is through. */
  function enter(first: number, text: string, at: number, into: number[]): boolean {
    pending.push(first)
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (enteredAt[index] === at) continue
      enteredAt[index] = at
      const step = steps[index]
      if (!step || step.kind === 'match') {
        pending.length = 0
        return true
      }
      if (step.kind === 'read') into.push(index)
      else if (step.kind === 'fork') pending.push(step.or, step.to)
      else if (holds(step.at, text, at)) pending.push(index + 1)
    }
    return false
  }

  return (text) => {
    enteredAt.fill(-1)
    now.length = next.length = 0
    for (let at = 0; ; ) {
      // A match may begin anywhere.
      if (enter(0, text, at, now)) return true
      if (at >= text.length) return false
      const point = text.codePointAt(at) ?? 0
      const after = at + (point > 0xffff ? 2 : 1)
      for (const index of now) {
        const step = steps[index]
        if (step?.kind === 'read' && step.test(point) && enter(index + 1, text, after, next)) return true
      }
      ;[now, next] = [next, now]
      next.length = 0
      at = after
    }
  }
}

function holds(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'text_start':
      return at === 0
    case 'text_end':
      return at === text.length
    case 'line_start':
      return at === 0 || text.charCodeAt(at - 1) === 10
    case 'line_end':
      return at === text.length || text.charCodeAt(at) === 10
    case 'edge':
      return isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at))
    case 'inside':
      return isWord(text.charCodeAt(at - 1)) === isWord(text.charCodeAt(at))
  }
}

/** RE2's word characters are ASCII. NaN, beyond either end, is none. */
function isWord(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122)
}
