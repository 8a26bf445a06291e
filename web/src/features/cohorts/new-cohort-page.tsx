export function NewCohortPage() {
  return null
}
