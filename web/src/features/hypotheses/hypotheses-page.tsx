export function HypothesesPage() {
  return null
}
