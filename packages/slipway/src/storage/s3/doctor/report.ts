import type { Capabilities } from '../../capabilities.ts';

/**
 * `problem`: uploads fail, or promises cannot be kept. `warning`: Slipway has a way around it, which
 * costs something. `not_checked`: something else is in the way of checking it.
 */
export type CheckOutcome = 'ok' | 'warning' | 'problem' | 'not_checked';

export interface Remedy {
  /** What to do, in words. */
  text: string;
  /** A command to run or a document to paste, exact for this bucket. */
  code?: string;
}

export interface DoctorCheck {
  /** A stable word, such as `cors_preflight`. */
  id: string;
  /** What was looked at. */
  title: string;
  outcome: CheckOutcome;
  /** What was found, in words. */
  found: string;
  /** How to mend it; null when there is nothing to mend. */
  remedy: Remedy | null;
}

export interface DoctorReport {
  /** In the order in which they depend on each other. */
  checks: DoctorCheck[];
  /** Ids of checks that failed before, and that the doctor mended. */
  mended: string[];
  /** What probing found out; null when the bucket could not be used at all. */
  capabilities: Capabilities | null;
}

export interface DoctorWish {
  /** Of the pages that will upload, such as `https://app.example.com`. */
  origin: string;
  /** Whether the doctor may change the bucket's configuration (CORS, lifecycle). */
  mend: boolean;
}
