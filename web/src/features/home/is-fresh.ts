import type { FlagViewCounts, SdkKey } from '@assay/server/contract'

/** Whether no app has asked for anything yet: by the use of keys for those who may see them, else by whether there is any flag. False while it is not known. */
export function isFresh(keys: readonly Pick<SdkKey, 'lastUsedAt'>[] | undefined, flags: Pick<FlagViewCounts, 'views'> | undefined): boolean {
  if (keys !== undefined) return keys.every(({ lastUsedAt }) => lastUsedAt === null)
  return flags !== undefined && flags.views.all + flags.views.archived === 0
}
