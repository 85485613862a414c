import type { z } from 'zod';
import type { ImageRules } from '../project/rules.ts';
import type { ProjectRules } from '../project/schema.ts';
import type { RequestUpload } from './schema.ts';

type Wish = Pick<
  z.output<typeof RequestUpload>,
  | 'folder'
  | 'visibility'
  | 'expiresInDays'
  | 'expiresAt'
  | 'temporary'
  | 'confirmWithinHours'
  | 'rules'
>;

/** What holds for one upload. */
export interface EffectiveRules {
  /** The file must be of each of these lists; an empty one takes any. */
  readonly allowedTypes: readonly (readonly string[])[];
  readonly minSize: number;
  readonly maxSize: number;
  readonly image: ImageRules | null;
  readonly folder: string;
  readonly isPrivate: boolean;
  readonly deleteAt: Date | null;
  readonly confirmBy: Date | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CONFIRM_HOURS = 24;

/**
 * The project's rules and those of the request, which are a route's or somebody's wish for one file.
 * Whichever is stricter holds: nothing that a request says widens what the project allows.
 */
export function effectiveRules(project: ProjectRules, wish: Wish, now: Date): EffectiveRules {
  const route = wish.rules ?? {};
  return {
    allowedTypes: [project.allowedTypes, route.allowedTypes ?? []],
    minSize: Math.max(project.minSize, route.minSize ?? 0),
    maxSize: Math.min(project.maxSize, route.maxSize ?? project.maxSize),
    image: stricterImage(project.image, route.image ?? null),
    folder: [project.folder, wish.folder ?? ''].filter((part) => part !== '').join('/'),
    isPrivate: project.visibility === 'public' && wish.visibility === 'private',
    deleteAt: earliest([
      inMs(now, project.expireAfterDays, DAY_MS),
      inMs(now, wish.expiresInDays, DAY_MS),
      wish.expiresAt === undefined ? null : new Date(wish.expiresAt),
    ]),
    confirmBy: inMs(now, confirmHoursOf(project, wish), HOUR_MS),
  };
}

function confirmHoursOf(project: ProjectRules, wish: Wish): number | null {
  const { confirmWithinHours: own } = wish;
  const asked = own ?? (wish.temporary === true ? CONFIRM_HOURS : null);
  if (project.confirmWithinHours === null) return asked;
  return Math.min(project.confirmWithinHours, own ?? project.confirmWithinHours);
}

function stricterImage(one: ImageRules | null, other: ImageRules | null): ImageRules | null {
  if (one === null || other === null) return one ?? other;
  const most = (a: number | null, b: number | null) => pick(Math.min, a, b);
  const least = (a: number | null, b: number | null) => pick(Math.max, a, b);
  return {
    minWidth: least(one.minWidth, other.minWidth),
    maxWidth: most(one.maxWidth, other.maxWidth),
    minHeight: least(one.minHeight, other.minHeight),
    maxHeight: most(one.maxHeight, other.maxHeight),
  };
}

const pick = (of: (...values: number[]) => number, a: number | null, b: number | null) =>
  a === null || b === null ? (a ?? b) : of(a, b);

const inMs = (now: Date, count: number | null | undefined, unit: number) =>
  count === null || count === undefined ? null : new Date(now.getTime() + count * unit);

function earliest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}
