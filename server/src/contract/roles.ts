/** Roles of a project, weakest first. */
export const roles = ['viewer', 'product_owner', 'engineer', 'admin'] as const
export type Role = (typeof roles)[number]

/**
 * Who may do what: the one table behind every route and every disabled button.
 * A route without a permission from here does not compile.
 */
export const permissions = {
  'project.read': ['viewer', 'product_owner', 'engineer', 'admin'],
  'project.write': ['admin'],
  'environment.write': ['admin'],
  'member.write': ['admin'],
  'key.read': ['engineer', 'admin'],
  'key.write': ['engineer', 'admin'],
  'flag.write': ['engineer', 'admin'],
  'flag.turn_off': ['product_owner', 'engineer', 'admin'],
  'flag.bypass': ['admin'],
  'change.propose': ['product_owner', 'engineer', 'admin'],
  'layer.write': ['engineer', 'admin'],
  'cohort.write': ['product_owner', 'engineer', 'admin'],
  'metric.write': ['product_owner', 'engineer', 'admin'],
  'hypothesis.write': ['product_owner', 'engineer', 'admin'],
  'experiment.write': ['product_owner', 'engineer', 'admin'],
  'experiment.run': ['product_owner', 'engineer', 'admin'],
  'experiment.decide': ['product_owner', 'admin'],
  'task.write': ['product_owner', 'engineer', 'admin'],
  'raw_data.export': ['product_owner', 'engineer', 'admin'],
  'export.schedule': ['engineer', 'admin'],
  'webhook.write': ['engineer', 'admin'],
  'token.write': ['viewer', 'product_owner', 'engineer', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Whether a role carries a permission. */
export function allows(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}

/** Whether a role allows nothing that another does not. */
export function isRoleWithin(role: Role, other: Role): boolean {
  return Object.values(permissions).every((allowed: readonly Role[]) => !allowed.includes(role) || allowed.includes(other))
}

/** The strongest role that allows nothing which either of two does not. */
export function commonRole(one: Role, other: Role): Role {
  return roles.findLast((role) => isRoleWithin(role, one) && isRoleWithin(role, other)) ?? 'viewer'
}

/** What stays with people: an API token that could do it could outlive what its person may do. */
const PERSONAL: readonly Permission[] = ['member.write', 'token.write']

/** Whether an API token may be given a permission, as far as its role goes. */
export function isForTokens(permission: Permission): boolean {
  return !PERSONAL.includes(permission)
}
