const DEPTH = 2

/** Bodies that are wrong in one place each, made of a right one: without a member, with one too many, with a member of another kind. */
export function wrongBodies(body: unknown, isRight: (candidate: unknown) => boolean): unknown[] {
  return variants(body, DEPTH, (candidate) => candidate).filter((candidate) => !isRight(candidate))

  /** Of a part of the body; `whole` puts it back. */
  function variants(value: unknown, depth: number, whole: (part: unknown) => unknown): unknown[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === 0) {
      const wrong = [{ no: 'such thing' }, [[]], -1.5].map(whole).find((candidate) => !isRight(candidate))
      return wrong === undefined ? [] : [wrong]
    }
    const object = value as Record<string, unknown>
    return [
      whole([]),
      whole({ ...object, noSuchMember: 1 }),
      ...Object.keys(object).flatMap((key) => [
        whole(Object.fromEntries(Object.entries(object).filter(([other]) => other !== key))),
        ...variants(object[key], depth - 1, (part) => whole({ ...object, [key]: part })),
      ]),
    ]
  }
}
