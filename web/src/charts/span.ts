/** An estimate with its interval. An end that is null is not bounded; without `mid` there is no estimate. */
export interface Span {
  lower: number | null
  mid: number | null
  upper: number | null
}

/** What a mark says by hue and by shape: better is a filled circle, worse a diamond, anything else a hollow ring. */
export type MarkTone = 'win' | 'loss' | 'flat'
