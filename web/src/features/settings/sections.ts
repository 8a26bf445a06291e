/** Parts of the settings, in the order of the sub-navigation. */
export const sections = [
  { key: 'members', label: 'Members' },
  { key: 'keys', label: 'SDK keys' },
  { key: 'environments', label: 'Environments' },
  { key: 'project', label: 'Project' },
] as const

export type Section = (typeof sections)[number]['key']

export function sectionOf(key: string | undefined): Section {
  return sections.find((section) => section.key === key)?.key ?? 'members'
}
