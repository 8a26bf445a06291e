import { BlockList, isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, parseAddress, parseRange } from './address-range.ts'

function within(address: string, range: string): boolean | undefined {
  const [parsedAddress, parsedRange] = [parseAddress(address), parseRange(range)]
  return parsedAddress && parsedRange && isWithin(parsedAddress, parsedRange)
}

test.each([
  ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255', '::ffff:10.1.1.1'], ['9.255.255.255', '11.0.0.0', '::10.1.1.1']],
  ['10.128.0.0/9', ['10.128.0.0', '10.255.0.0'], ['10.127.255.255']],
  ['192.168.1.77/25', ['192.168.1.0', '192.168.1.127'], ['192.168.1.128']],
  ['192.168.1.77', ['192.168.1.77'], ['192.168.1.78']],
  ['192.168.1.77/32', ['192.168.1.77'], ['192.168.1.76']],
  ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['::1']],
  ['2001:db8::/33', ['2001:db8:7fff::1'], ['2001:db8:8000::1']],
  ['::/0', ['::', 'ffff::1'], ['1.2.3.4']],
  ['::1', ['::1', '0:0:0:0:0:0:0:1', '::0001'], ['::2']],
  ['fe80::1:2/127', ['fe80::1:3'], ['fe80::1:4']],
  ['::ffff:10.0.0.0/104', ['10.4.5.6', '::ffff:a04:506'], ['11.0.0.0']],
  ['2001:DB8::192.0.2.1', ['2001:db8::c000:201'], ['2001:db8::c000:202']],
])('%s holds %j and not %j', (range, inside, outside) => {
  expect(inside.map((address) => within(address, range))).toEqual(inside.map(() => true))
  expect(outside.map((address) => within(address, range))).toEqual(outside.map(() => false))
})

test.each(['', '10.0.0', '10.0.0.256', '10.0.0.01', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1', '10.0.0.0/08.5', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', ':::', '12345::', 'g::', '::/129', '1.2.3.4::', '::1.2.3', 'localhost', ' 10.0.0.0', 'fe80::1%eth0'])('%j is no range', (text) => {
  expect(parseRange(text)).toBeUndefined()
})

test('answers agree with Node’s own list of addresses', () => {
  const v4 = fc.ipV4().filter(isIPv4)
  const v6 = fc.ipV6().filter(isIPv6)
  fc.assert(
    fc.property(fc.oneof(fc.tuple(v4, v4, fc.nat({ max: 32 })), fc.tuple(v6, v6, fc.nat({ max: 128 }))), ([address, network, bits]) => {
      const type = isIPv4(network) ? 'ipv4' : 'ipv6'
      const list = new BlockList()
      list.addSubnet(network, bits, type)
      expect(within(address, `${network}/${bits}`)).toBe(list.check(address, type))
      expect(within(network, `${network}/${bits}`)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
