/** Prisma's codes for a server that does not answer, and for a pool or transaction that got no connection in time. */
const codes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'])
const messages = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|Connection terminated|timeout exceeded when trying to connect|the database system is (starting up|shutting down)/

/** Whether a query failed because the database server could not be reached: it may work the next time. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof Error && (codes.has(String((error as { code?: unknown }).code)) || messages.test(error.message))
}
