/** A UUIDv7 (RFC 9562). `crypto.randomUUID` exists in secure contexts only. */
export function uuidv7(nowMs: number): string {
  return `0${nowMs.toString(16)}-7xxx-8xxx-xxxxxxxxxxxx`.replace(/.{8}/, '$&-').replace(/x/g, () => (Number(crypto.getRandomValues(new Uint8Array(1))) % 16).toString(16))
}
