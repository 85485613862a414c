import { KEPT_DAYS } from '../retention/kept.ts';

export const CREDIT_PLAN_NAMES = ['trial', 'studio', 'agency'] as const;
export type CreditPlanName = (typeof CREDIT_PLAN_NAMES)[number];

/** What a grant by this name gives: one credit makes one finished photo. */
export interface CreditPlan {
  title: string;
  credits: number;
  /** Until they expire; null for never. */
  days: number | null;
}

export const CREDIT_PLANS: Readonly<Record<CreditPlanName, CreditPlan>> = {
  trial: { title: 'Trial', credits: 100, days: null },
  studio: { title: 'Studio', credits: 500, days: 365 },
  agency: { title: 'Agency', credits: 2_500, days: 365 },
};

/** What every organization begins with. */
export const STARTING_PLAN: CreditPlanName = 'trial';

/** What a failure gives back after its grant expired can be used for so long. */
export const RETURNED_DAYS = 7;

/**
 * However often it comes back, a grant is over for good so long after it first expired: time for work that was held
 * back for as long as it may be, and no way to keep credits by starting and cancelling.
 */
export const RETURNED_AT_MOST_DAYS = KEPT_DAYS.pausedWork + RETURNED_DAYS;
