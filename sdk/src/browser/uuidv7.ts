/** A UUIDv7 (RFC 9562). `crypto.randomUUID` exists in secure contexts only. */
export function uuidv7(nowMs: number): string {
  const random = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => (byte + 256).toString(16).slice(1)).join('')
  const time = Math.max(0, Math.floor(nowMs)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`
}
