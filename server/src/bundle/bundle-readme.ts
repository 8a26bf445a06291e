import type { EngineDocument } from './bundle-documents.ts'

/** What a bundle holds and how to check it, for whoever finds it in ten years. */
export function bundleReadme(engine: EngineDocument, title: string, sentence: string): string {
  return `# ${engine.experiment}: ${title.replaceAll(/\s+/g, ' ')}

${sentence}

This is everything that the numbers of this experiment rest on, as they stood at ${engine.analysedAt}, phase ${engine.phase}. They were computed by engine ${engine.engineVersion}
from the rows in here, so that anybody can compute them again.

| file | holds |
|---|---|
| plan.json | the plan as it was sealed at the start, byte for byte: its SHA-256 is the plan hash ${engine.planHash} |
| deviations.json | what was changed after the start, beside what was sealed; the numbers follow the plan |
| phases.json | every phase that was started; the rows are those of the last |
| units.parquet, units.csv.gz | one row per person: arm (empty where they met two), first exposure, and per metric the columns below |
| event-values.parquet | of metrics that rank events: one row per event of somebody who counts |
| days.parquet | what each day added to a person's value of the primary metric, and the value after it, for the line by day |
| ages.parquet | what a person did in the primary metric on each whole day since their first exposure, to see whether an effect wears off |
| looks.json | when the plan was read before, and at which share of the planned information: a group-sequential boundary depends on them |
| statistics.json | what the engine makes of the rows: counts, means and centred second moments per metric and arm |
| results.json | \`analysis\`: every number and the verdict, from statistics.json. \`stored\`: the analysis as the page showed it, from the event store's own sums. \`largestDifference\`: where the two lie farthest apart; null where nowhere |
| engine.json | version of the engine and of this format, the times that the numbers depend on, and how many bots were left out: they are in no row |
| check.py | checks the headline numbers with NumPy and SciPy only |
| SHA256SUMS | checksums of all files |

## Columns of a metric

| column | says |
|---|---|
| \`.counts\` | 1: the person counts; 0: not yet, and the other columns are empty |
| \`.hasEvent\` | 1: an event of the metric is theirs, in its window and passing its conditions |
| \`.value\`, \`.denominator\` | what their events make, before any cap: 1 or 0, a count, a sum; of a ratio both parts |
| \`.steps\` | steps of a funnel taken in order |
| \`.before\`, \`.denominatorBefore\`, \`.hadEventBefore\` | the same in the days before the first exposure, where the plan adjusts estimates by them (CUPED) |

A cap is not applied in the rows: it is a fixed value, or a percentile of all values other than 0 of the people who count, in both arms together, each column by its own.

## Check it

- Nothing was changed by accident: \`sha256sum -c SHA256SUMS\`
- Every number, to the last digit, by the engine itself, without a server: \`npx assay verify ${engine.experiment}-bundle.zip\` in an installation of this engine
- The headline numbers by another program: \`python3 check.py\` (needs numpy and scipy 1.11 or newer)

In units.csv.gz, text that a spreadsheet would run as a formula has an apostrophe in front. An empty number is none: the person does not count yet, or the value is too large to be one.
`
}
