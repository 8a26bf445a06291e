/** An address as groups of 16 bits: two of IPv4, eight of IPv6. */
type Address = readonly number[]

export interface AddressRange {
  address: Address
  bits: number
}

/** `10.0.0.0/8`, `2001:db8::/32`, or one address; undefined for anything else. Bits below the prefix are ignored. */
export function parseRange(text: string): AddressRange | undefined {
  const [addressText = '', bitsText, ...rest] = text.split('/')
  const parsed = rest.length > 0 ? undefined : parseGroups(addressText)
  if (!parsed) return undefined
  const width = parsed.length * 16
  if (bitsText !== undefined && !/^\d{1,3}$/.test(bitsText)) return undefined
  const bits = bitsText === undefined ? width : Number(bitsText)
  if (bits > width) return undefined
  // An IPv4 range in IPv6 form is that IPv4 range.
  return isMapped(parsed) && bits >= 96 ? { address: parsed.slice(6), bits: bits - 96 } : { address: parsed, bits }
}

/** An IPv4 or IPv6 address; undefined for anything else. IPv4 in IPv6 form (`::ffff:10.0.0.1`), as sockets report it, is IPv4. */
export function parseAddress(text: string): Address | undefined {
  const groups = parseGroups(text)
  return groups && isMapped(groups) ? groups.slice(6) : groups
}

export function isWithin(address: Address, range: AddressRange): boolean {
  if (address.length !== range.address.length) return false
  for (let index = 0, left = range.bits; left > 0; index++, left -= 16) {
    const mask = left >= 16 ? 0xffff : 0xffff & ~(0xffff >>> left)
    if (((address[index] ?? 0) & mask) !== ((range.address[index] ?? 0) & mask)) return false
  }
  return true
}

function isMapped(groups: Address): boolean {
  return groups.length === 8 && groups.slice(0, 6).join() === '0,0,0,0,0,65535'
}

function parseGroups(text: string): Address | undefined {
  if (text.length > 45) return undefined
  const at = text.lastIndexOf(':') + 1
  if (at === 0) return parseIpv4(text)
  // The last two groups may be written as IPv4.
  if (!text.includes('.')) return parseIpv6(text)
  const embedded = parseIpv4(text.slice(at))
  return embedded && parseIpv6(text.slice(0, at) + embedded.map((group) => group.toString(16)).join(':'))
}

function parseIpv4(text: string): Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number)
  return [a * 256 + b, c * 256 + d]
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::')
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  // `::` stands for at least one group.
  const gap = 8 - head.length - (tail ? tail.length : 0)
  if (halves.length > 2 || (tail ? gap < 1 : gap !== 0)) return undefined
  const groups = tail ? [...head, ...Array.from({ length: gap }, () => '0'), ...tail] : head
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups.map((group) => parseInt(group, 16)) : undefined
}
