/** What a key does, wherever it is pressed. `go` leads below `/p/:project`; `native` is done by the browser itself. */
export type KeyCommand =
  | { kind: 'palette' }
  | { kind: 'keys' }
  | { kind: 'search' }
  | { kind: 'go'; path: string; search?: Readonly<Record<string, string>> }
  | { kind: 'row'; step: 1 | -1 }
  | { kind: 'edit' }
  | { kind: 'native' }

export interface Shortcut {
  /** Pressed one after the other, as `KeyboardEvent.key` names them; letters in lower case. */
  keys: readonly string[]
  /** Held with it: Command on a Mac, Control elsewhere. Every other one is of single keys, which can be switched off. */
  mod?: true
  does: string
  command: KeyCommand
}

export interface KeyGroup {
  label: string
  shortcuts: readonly Shortcut[]
}

/** Every key of the admin UI. What listens to keys and what lists them both read this. */
export const keyMap: readonly KeyGroup[] = [
  {
    label: 'Anywhere',
    shortcuts: [
      { keys: ['k'], mod: true, does: 'Search, or run a command', command: { kind: 'palette' } },
      { keys: ['/'], does: 'Search this page', command: { kind: 'search' } },
      { keys: ['?'], does: 'Show these keys', command: { kind: 'keys' } },
    ],
  },
  {
    label: 'Go to',
    shortcuts: [
      { keys: ['g', 'h'], does: 'Hypotheses', command: { kind: 'go', path: '/hypotheses' } },
      { keys: ['g', 'e'], does: 'Experiments', command: { kind: 'go', path: '/experiments' } },
      { keys: ['g', 'f'], does: 'Flags', command: { kind: 'go', path: '/flags' } },
      { keys: ['g', 'd'], does: 'Delivery', command: { kind: 'go', path: '/delivery' } },
    ],
  },
  {
    label: 'New',
    shortcuts: [
      { keys: ['n', 'h'], does: 'New hypothesis', command: { kind: 'go', path: '/hypotheses/new' } },
      { keys: ['n', 'f'], does: 'New flag', command: { kind: 'go', path: '/flags', search: { new: 'flag' } } },
    ],
  },
  {
    label: 'In a list',
    shortcuts: [
      { keys: ['j'], does: 'Next row', command: { kind: 'row', step: 1 } },
      { keys: ['k'], does: 'Row before', command: { kind: 'row', step: -1 } },
      { keys: ['Enter'], does: 'Open the row', command: { kind: 'native' } },
      { keys: ['e'], does: 'Edit the row, or what the page shows', command: { kind: 'edit' } },
    ],
  },
]

export const allShortcuts: readonly Shortcut[] = keyMap.flatMap(({ shortcuts }) => shortcuts)
