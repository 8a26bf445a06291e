import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { differences, type VectorFile } from './compare.ts'
import { fns } from './stats-adapter.ts'

const own = fileURLToPath(new URL('./stats/', import.meta.url))
const shared = fileURLToPath(new URL('../../shared/vectors/stats/', import.meta.url))

for (const folder of [own, shared]) {
  describe.skipIf(!existsSync(folder))(`statistics vectors in ${folder === own ? 'vectors/stats' : '../shared/vectors/stats (skipped where the folder is absent)'}`, () => {
    const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
    it.each(files)('%s', (file) => {
      const { cases } = JSON.parse(readFileSync(folder + file, 'utf8')) as VectorFile
      expect(cases.length).toBeGreaterThan(0)
      const failed = cases.flatMap(({ id, fn, input, expected, tol }) => {
        const run = fns[fn]
        return run ? differences(run(input as never), expected, tol).map((difference) => `${fn} ${id} ${difference}`) : [`${fn} ${id} has no function`]
      })
      expect(failed).toEqual([])
    })
  })
}
