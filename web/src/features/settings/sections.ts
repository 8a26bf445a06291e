/** Something to set, as the search finds it. */
export interface Setting {
  label: string
  /** What else people call it. */
  words: string
  /** Id of its part of the page; without one the page itself. */
  anchor?: string
}

interface SectionEntry {
  key: string
  label: string
  settings: readonly Setting[]
}

/** Parts of the settings and what each holds, in the order of the sub-navigation. */
export const sectionGroups = [
  {
    label: 'People',
    sections: [
      { key: 'members', label: 'Members', settings: [{ label: 'Invite a person', words: 'add user colleague link e-mail' }, { label: 'Change a role', words: 'permission promote lower admin viewer' }, { label: 'Remove a member', words: 'delete leave access' }, { label: 'Sign a member out', words: 'session end browser device stolen' }] },
      { key: 'roles', label: 'Roles', settings: [{ label: 'What each role lets you do', words: 'permission capability matrix allowed access rights' }, { label: 'Who has which role', words: 'admin engineer product owner viewer people' }] },
    ],
  },
  {
    label: 'You',
    sections: [
      { key: 'sessions', label: 'Sign-in', settings: [{ label: 'Where you are signed in', words: 'session browser device active', anchor: 'browsers' }, { label: 'Change your password', words: 'secret sign in login', anchor: 'password' }, { label: 'Sign out everywhere else', words: 'session end browser device stolen log out', anchor: 'others' }] },
    ],
  },
  {
    label: 'Connections',
    sections: [
      { key: 'keys', label: 'SDK keys', settings: [{ label: 'Make an SDK key', words: 'new create secret server client token' }, { label: 'Rotate an SDK key', words: 'replace renew overlap expire' }, { label: 'Revoke an SDK key', words: 'delete end stop leaked' }] },
      { key: 'tokens', label: 'API tokens', settings: [{ label: 'Make an API token', words: 'new create personal access automation pipeline script ci terraform bearer' }, { label: 'Revoke an API token', words: 'delete end stop leaked' }] },
      { key: 'webhooks', label: 'Webhooks', settings: [{ label: 'Make a webhook', words: 'new create notify hook slack chat stream audit events http post' }, { label: 'Deliveries of a webhook', words: 'retry redeliver failed response body attempt' }, { label: 'Renew the secret of a webhook', words: 'rotate signature signing hmac' }] },
    ],
  },
  {
    label: 'Project',
    sections: [
      { key: 'environments', label: 'Environments', settings: [{ label: 'Add an environment', words: 'new create stage' }, { label: 'Reviews and reasons', words: 'policy approval protect production required' }, { label: 'What OFREP answers', words: 'openfeature metadata event streams' }] },
      { key: 'project', label: 'Project', settings: [{ label: 'Name of the project', words: 'rename title', anchor: 'name' }, { label: 'Unit types', words: 'bucket company account user attribute', anchor: 'unit-types' }, { label: 'Bots', words: 'crawler monitor test account exclude filter', anchor: 'bots' }] },
      { key: 'data', label: 'Data', settings: [{ label: 'How long data is kept', words: 'retention delete remove privacy gdpr events exposures attributes personal' }] },
    ],
  },
] as const satisfies readonly { label: string; sections: readonly SectionEntry[] }[]

export type Section = (typeof sectionGroups)[number]['sections'][number]['key']

export const sections: readonly (SectionEntry & { key: Section })[] = sectionGroups.flatMap((group): readonly (SectionEntry & { key: Section })[] => group.sections)

export function sectionOf(key: string | undefined): Section {
  return sections.find((section) => section.key === key)?.key ?? 'members'
}
