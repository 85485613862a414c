import type { z } from 'zod';
import type { ImageRules, MetadataRules, RoutePolicy } from '../project/rules.ts';
import type { ProjectRules } from '../project/schema.ts';
import type { RequestUpload } from './schema.ts';
import { testFileEnds } from './test-mode.ts';

type Wish = Pick<
  z.output<typeof RequestUpload>,
  | 'folder'
  | 'visibility'
  | 'expiresInDays'
  | 'expiresAt'
  | 'temporary'
  | 'confirmWithinHours'
  | 'route'
  | 'rules'
  | 'customId'
  | 'replace'
>;

/** What holds for one upload. */
export interface EffectiveRules {
  /** The file must be of each of these lists; an empty one takes any. */
  readonly allowedTypes: readonly (readonly string[])[];
  readonly minSize: number;
  readonly maxSize: number;
  readonly image: ImageRules | null;
  /** The file's metadata must be as each of these has it. */
  readonly metadata: readonly MetadataRules[];
  readonly keyPrefix: string;
  readonly folder: string;
  readonly isPrivate: boolean;
  readonly deleteAt: Date | null;
  readonly confirmBy: Date | null;
  readonly isTest: boolean;
  readonly dedupe: boolean;
  readonly isVersion: boolean;
}

/** Who announces, and when. */
interface Asked {
  now: Date;
  isTest?: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CONFIRM_HOURS = 24;

/**
 * The project's rules, what it says of the route, and those of the request, which are a route's in code
 * or somebody's wish for one file. Whichever is stricter holds: nothing that comes later in this order
 * widens what was said before.
 */
export function effectiveRules(
  project: ProjectRules,
  wish: Wish,
  { now, isTest = false }: Asked,
): EffectiveRules {
  const route = policyOf(project, wish.route);
  const request = wish.rules ?? {};
  return {
    allowedTypes: [project, route, request].map((each) => each.allowedTypes ?? []),
    minSize: Math.max(project.minSize, route.minSize ?? 0, request.minSize ?? 0),
    maxSize: Math.min(
      project.maxSize,
      route.maxSize ?? project.maxSize,
      request.maxSize ?? project.maxSize,
    ),
    image: [route.image, request.image].reduce<ImageRules | null>(
      (image, each) => stricterImage(image, each ?? null),
      project.image,
    ),
    metadata: [project, route, request].flatMap((each) => each.metadata ?? []),
    keyPrefix: joined([project.keyPrefix, route.keyPrefix, request.keyPrefix], '-'),
    folder: joined([project.folder, route.folder, wish.folder], '/'),
    // Also where the project is private by itself: that may change, and their word stays.
    isPrivate: [route, wish].some((by) => by.visibility === 'private'),
    deleteAt: earliest([
      inMs(now, project.expireAfterDays, DAY_MS),
      inMs(now, route.expireAfterDays, DAY_MS),
      inMs(now, wish.expiresInDays, DAY_MS),
      wish.expiresAt === undefined ? null : new Date(wish.expiresAt),
      isTest ? testFileEnds(now) : null,
    ]),
    confirmBy: inMs(now, confirmHoursOf([project, route], wish), HOUR_MS),
    isTest,
    // No limits: here the nearest word counts.
    dedupe: request.dedupe ?? route.dedupe ?? project.dedupe,
    isVersion:
      wish.customId !== undefined &&
      (wish.replace ?? request.replace ?? route.replace ?? project.replace),
  };
}

/** Names of routes are their callers': `constructor` is no route of everybody. */
function policyOf({ routes }: ProjectRules, name: string | undefined): RoutePolicy {
  return (name !== undefined && Object.hasOwn(routes, name) && routes[name]) || {};
}

const joined = (parts: readonly (string | undefined)[], by: string) =>
  parts.filter((part) => part !== undefined && part !== '').join(by);

function confirmHoursOf(
  policies: readonly { confirmWithinHours?: number | null | undefined }[],
  { confirmWithinHours: own, temporary }: Wish,
): number | null {
  const hours = policies.flatMap(({ confirmWithinHours }) => confirmWithinHours ?? []);
  if (own !== undefined) hours.push(own);
  if (hours.length > 0) return Math.min(...hours);
  return temporary === true ? CONFIRM_HOURS : null;
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
