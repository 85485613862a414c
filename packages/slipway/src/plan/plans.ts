import type { Rate } from '@repo/foundation/rate-limit';

export const PLAN_NAMES = ['free', 'pro', 'team', 'self_host'] as const;
export type PlanName = (typeof PLAN_NAMES)[number];

/** What an organization may use; null for any amount. */
export interface Plan {
  title: string;
  projects: number | null;
  /** Bytes that all its projects hold at once. */
  storageBytes: number | null;
  /** Files that get ready in a calendar month (UTC), and their bytes. */
  monthlyUploads: number | null;
  monthlyBytes: number | null;
  /** Bytes of test files that are there at once. They count for nothing else. */
  testBytes: number | null;
  /** The largest file. */
  fileBytes: number | null;
  /** How long logs of uploads and deliveries are kept. */
  logDays: number;
  /** Calls of each project, and of each of its keys. */
  rates: { project: Rate | null; key: Rate | null };
}

const GIB = 1024 ** 3;

export const PLANS: Readonly<Record<PlanName, Plan>> = {
  free: {
    title: 'Free',
    projects: 3,
    storageBytes: 2 * GIB,
    monthlyUploads: 1_000,
    monthlyBytes: 5 * GIB,
    testBytes: GIB,
    fileBytes: GIB / 2,
    logDays: 7,
    rates: { project: { calls: 600, seconds: 60 }, key: { calls: 300, seconds: 60 } },
  },
  pro: {
    title: 'Pro',
    projects: 20,
    storageBytes: 250 * GIB,
    monthlyUploads: 100_000,
    monthlyBytes: 500 * GIB,
    testBytes: 10 * GIB,
    fileBytes: 16 * GIB,
    logDays: 30,
    rates: { project: { calls: 6_000, seconds: 60 }, key: { calls: 3_000, seconds: 60 } },
  },
  team: {
    title: 'Team',
    projects: null,
    storageBytes: 2_048 * GIB,
    monthlyUploads: 1_000_000,
    monthlyBytes: 4_096 * GIB,
    testBytes: 50 * GIB,
    fileBytes: 128 * GIB,
    logDays: 90,
    rates: { project: { calls: 30_000, seconds: 60 }, key: { calls: 15_000, seconds: 60 } },
  },
  self_host: {
    title: 'Self-hosted',
    projects: null,
    storageBytes: null,
    monthlyUploads: null,
    monthlyBytes: null,
    testBytes: null,
    fileBytes: null,
    logDays: 90,
    rates: { project: null, key: null },
  },
};
