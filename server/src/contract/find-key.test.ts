import { expect, test } from 'vitest'
import { findKey } from './find-key.ts'

test.each<[string, string | null]>([
  ['{"a":[{"b":{"__proto__":1}}]}', 'a.0.b.__proto__'],
  ['{"\\u005f_proto__":{}}', '__proto__'],
  ['{"a":"__proto__","constructor":1,"prototype":{}}', null],
  ['["__proto__",null,1]', null],
  ['1', null],
])('%s', (json, path) => {
  expect(findKey(JSON.parse(json), (key) => key === '__proto__')).toBe(path)
})
