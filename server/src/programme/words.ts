/** Numbers as the sentences of the programme say them. */
export function percentWords(share: number): string {
  const percent = Math.abs(share * 100)
  const text = percent === 0 || percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)
  return `${share < 0 && Number(text) !== 0 ? '−' : share > 0 && Number(text) !== 0 ? '+' : ''}${text}%`
}

export function rangeWords({ lower, upper }: { lower: number; upper: number }): string {
  return `${percentWords(lower)} and ${percentWords(upper)}`
}

/** A share of experiments: `58%`, without a sign. */
export function shareWords(share: number): string {
  return `${Math.round(share * 100)}%`
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
