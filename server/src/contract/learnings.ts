import * as z from 'zod/mini'
import { verdictKind } from './analysis.ts'
import { instant, text } from './fields.ts'
import { level } from './hypotheses.ts'
import { defineRoutes } from './route.ts'

/** How far a learning may be relied on. docs/learnings.md says what makes each. */
export const evidenceStrength = z.enum(['strong', 'moderate', 'weak', 'none'])
export type EvidenceStrength = z.infer<typeof evidenceStrength>

const nullableNumber = z.nullable(z.number())
/** A piece of a text, and whether it is what was searched for. */
const piece = z.object({ text: z.string(), found: z.boolean() })
export type SnippetPiece = z.infer<typeof piece>

export const learning = z.object({
  experiment: z.string(),
  hypothesis: z.string(),
  title: z.string(),
  /** What was believed, as the sealed plan says it. */
  belief: z.string(),
  /** What was learned. */
  text: z.string(),
  /** `none` where it was decided before there was one. */
  verdict: z.union([verdictKind, z.literal('none')]),
  choice: z.enum(['ship', 'remove', 'iterate']),
  evidence: evidenceStrength,
  /** The belief did not hold: the verdict was rejected or harmful. */
  wrong: z.boolean(),
  /** The metric that decided. The lift and its interval (95 %) are those of the arm that the verdict speaks about. */
  metric: z.object({ key: z.string(), name: z.string() }),
  lift: nullableNumber,
  liftLower: nullableNumber,
  liftUpper: nullableNumber,
  at: instant,
  by: z.string(),
  /** Whether it was tested once more: by a hypothesis that says it replicates this one. */
  replication: z.object({ state: z.enum(['none', 'running', 'held', 'not_held', 'unclear']), hypotheses: z.array(z.string()) }),
  /** Experiments whose learning points the other way on the same metric and a similar belief. */
  contradictedBy: z.array(z.string()),
  /** With a search: the part of the text that matched best. */
  snippet: z.exactOptional(z.array(piece)),
})
export type Learning = z.infer<typeof learning>

/** A pair of learnings of which at most one can hold everywhere. */
export const contradiction = z.object({ metric: z.string(), experiments: z.tuple([z.string(), z.string()]), sentence: z.string() })
export type Contradiction = z.infer<typeof contradiction>

export const similarHypothesis = z.object({
  key: z.string(),
  title: z.string(),
  level,
  /** Words that both share. */
  shared: z.int(),
  verdicts: z.array(z.object({ experiment: z.string(), verdict: z.nullable(z.string()), status: z.string() })),
  learnings: z.array(z.object({ experiment: z.string(), text: z.string(), evidence: evidenceStrength, wrong: z.boolean() })),
})
export type SimilarHypothesis = z.infer<typeof similarHypothesis>

const flag = z.exactOptional(z.literal('true'))
export const learningFilters = { search: z.exactOptional(z.string().check(z.maxLength(400, 'Search for up to 400 characters.'))), verdict: z.exactOptional(learning.shape.verdict), evidence: z.exactOptional(evidenceStrength), metric: z.exactOptional(z.string()), wrong: flag, contradicted: flag }
const base = '/api/v1/projects/:project'
export const learningRoutes = defineRoutes({
  listLearnings: {
    method: 'GET', path: `${base}/learnings`, summary: 'What experiments taught, newest first; the best matches first where words are searched for', access: 'project.read',
    query: z.strictObject(learningFilters),
    response: z.object({ learnings: z.array(learning), /** Of all learnings, whatever is filtered. */ total: z.int(), wrongTotal: z.int(), contradictions: z.array(contradiction) }),
  },
  findSimilar: {
    method: 'POST', path: `${base}/similar-hypotheses`, summary: 'Hypotheses that speak of the same as one that is being written, the closest first', access: 'project.read',
    body: z.strictObject({ title: text, change: text, because: text, /** The hypothesis itself, where it is saved already. */ except: z.exactOptional(z.string()) }),
    response: z.object({ hypotheses: z.array(similarHypothesis) }),
  },
})
