export function NoProjectPage() {
  return null
}
