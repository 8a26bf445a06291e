import type { Analysis } from '../contract/analysis.ts'

/** Names of the recording by the keys they were given in Assay. */
export interface ReplayNames {
  name: string
  dropped: number
  arms: ReadonlyMap<string, string>
  metrics: ReadonlyMap<string, string>
}

/** The object that a replay prints on its last line: verdict and estimates under the recording's own names. */
export function replayResult(analysis: Analysis, names: ReplayNames) {
  const arm = (key: string) => names.arms.get(key) ?? key
  const metric = (key: string) => names.metrics.get(key) ?? key
  const { verdict } = analysis
  return {
    name: names.name,
    dropped: names.dropped,
    arms: Object.fromEntries(analysis.arms.map(({ arm: key, n }) => [arm(key), { n }])),
    srm: { chi2: analysis.srm.chi2, p: analysis.srm.p },
    metrics: Object.fromEntries(
      analysis.metrics.map((result) => [
        metric(result.key),
        {
          arms: Object.fromEntries(result.arms.map(({ arm: key, n, mean, variance }) => [arm(key), { n, mean, variance }])),
          comparisons: result.comparisons.map(({ arm: key, diff, se, t, df, p, ciLower, ciUpper, lift, liftLower, liftUpper, decidedBy }) => ({
            arm: arm(key), diff, se, t, df, p, ciLower, ciUpper, lift, liftLower, liftUpper, ...(decidedBy ? { decidedBy } : {}),
          })),
        },
      ]),
    ),
    verdict: {
      kind: verdict.kind,
      reasons: verdict.reasons.map((reason) => named(reason, arm, metric)),
      warnings: verdict.warnings.map((warning) => named(warning, arm, metric)),
      sentence: verdict.sentence,
    },
  }
}

function named(reason: Analysis['verdict']['reasons'][number], arm: (key: string) => string, metric: (key: string) => string) {
  return { code: reason.code, ...(reason.arm === undefined ? {} : { arm: arm(reason.arm) }), ...(reason.metric === undefined ? {} : { metric: metric(reason.metric) }) }
}
