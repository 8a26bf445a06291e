/** Whether a path parameter can be the id of a row: PostgreSQL refuses to compare an id with any other text. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
