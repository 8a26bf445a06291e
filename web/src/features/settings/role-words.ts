import type { Role } from '@assay/server/contract'

/** What a role is for, in one line. */
export const roleWords: Record<Role, string> = {
  viewer: 'Reads everything, changes nothing.',
  product_owner: 'Decides what: hypotheses, cohorts, metrics, experiments and their decisions.',
  engineer: 'Controls how: flags, keys, and running experiments.',
  admin: 'Everything, and who belongs here.',
}
