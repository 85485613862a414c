/** Something that may be done `quota` times at once, and comes back evenly over `windowSeconds`. */
export interface Budget {
  /** What clients know it by: `project`, `key`. */
  policy: string;
  /** Whose it is, over all policies: `project:prj_…`. */
  key: string;
  quota: number;
  windowSeconds: number;
}

/** How a budget stands after a call. */
export interface Standing {
  budget: Budget;
  remaining: number;
  /** Seconds until nothing is spent any more. */
  resetSeconds: number;
}

export interface Verdict {
  standings: readonly Standing[];
  /** The budget that had nothing left, and when it will have again. */
  refused: { budget: Budget; retryAfterSeconds: number } | null;
}

/** What was granted of `wanted`, and what is spent afterwards. */
export interface Grant {
  granted: number;
  spent: number;
}

/** Sums of small fractions end a little beside whole numbers. */
const EPSILON = 1e-6;

export function remainingOf({ quota }: Budget, spent: number): number {
  return Math.max(0, Math.min(quota, Math.floor(quota - spent + EPSILON)));
}

export function standingOf(budget: Budget, spent: number): Standing {
  const resetSeconds = Math.ceil((Math.max(0, spent) * budget.windowSeconds) / budget.quota);
  return { budget, remaining: remainingOf(budget, spent), resetSeconds };
}

export function retryAfterOf({ quota, windowSeconds }: Budget, spent: number): number {
  return Math.max(1, Math.ceil(((spent + 1 - quota) * windowSeconds) / quota - EPSILON));
}
