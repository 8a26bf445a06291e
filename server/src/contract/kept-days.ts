/** After how many days what is kept goes by itself. What is not named here stays. */
export const keptDays = {
  /** Attributes of a person whom targeting met, since the newest. */
  contexts: 30,
  /** What a connected SDK said of itself, since the last time. */
  acknowledgements: 7,
  /** A session without use, */
  unusedSession: 14,
  /** and in any case. */
  session: 90,
  invitation: 7,
} as const
