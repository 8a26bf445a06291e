import { assay } from './assay.mjs'
import { limit } from './limit.mjs'
import { featurevisor } from './peers/featurevisor.mjs'
import { flagd } from './peers/flagd.mjs'
import { growthbook } from './peers/growthbook.mjs'
import { launchdarkly } from './peers/launchdarkly.mjs'
import { unleash } from './peers/unleash.mjs'

/** Everybody who is measured, the closure first: it is what the others are compared with. */
export async function contenders() {
  return [await limit(), await assay(), flagd, growthbook, unleash, launchdarkly, featurevisor]
}
