const words: Record<string, string> = {
  not_adjusted_too_few_units: 'not adjusted: fewer than 100 people in a variant',
  not_adjusted_short_history: 'not adjusted: less than a day of history',
  not_adjusted_singular_covariates: 'not adjusted: what people did before does not tell them apart',
  not_adjusted_no_history: 'not adjusted: nothing is known of before',
  not_adjusted_no_estimate: 'not adjusted: it would leave nothing that varies',
  not_adjusted_sparse: 'not adjusted: too few people have a value',
  reduction_negative: 'the adjustment made the variance larger',
  reduction_implausible: 'the adjustment removed nearly all variance',
  pre_exposure_imbalance: 'the variants differed before anybody was exposed',
}

/** A note on a comparison, short. A code that is not known is said as it is. */
export function flagWords(flag: string): string {
  return words[flag] ?? flag.replaceAll('_', ' ')
}
