/** For how many days things are kept. */
export const KEPT_DAYS = {
  /** What happened on a listing is told from it: longer than a listing is worked on. */
  audit: 2 * 365,
  /** Longer than anybody looks for a message that did not come. */
  events: 30,
  /** Work that is paused holds its credits for so long, and is cancelled then. */
  pausedWork: 30,
} as const;
