export interface Host {
  /** Path in ASSAY_CHROMIUM. */
  asked: string | undefined
  /** Path of an installed Chromium. */
  find(): Promise<string | null>
  isExecutable(path: string): boolean
  /** Whether apt-get is there. */
  debian: boolean
  root: boolean
  /** Installs the Debian package; false where that failed. */
  install(): boolean
  say(line: string): void
}

/** A Chromium and what was done to get it, or the one command a person has to run. */
export function ensureChromium(host?: Host): Promise<{ path: string; said: string } | { path: null; said: string; command: string }>
