import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';
import type { HeldPlan } from '../plan/held-plan.ts';
import { hasQuotas } from '../plan/plan-of.ts';
import { openQuotas } from '../plan/quota-room.ts';
import { lockProject } from '../project/internal.ts';
import type { ProjectRules } from '../project/schema.ts';
import { addTo, ceilingOf, type Held, keepCeilings } from '../usage/ceiling.ts';
import { usageOf } from '../usage/usage-of.ts';
import { hasUploaderLimits, openUploaderRoom } from './uploader-room.ts';

const hasLimits = ({ maxFiles, maxTotalSize }: ProjectRules) =>
  maxFiles !== null || maxTotalSize !== null;

/** What a project may still take in. */
export interface Room {
  /** Takes it, or tells which rule has no room for it; then nothing is taken. */
  take(need: Need): AppError | null;
  /** To be called when all is taken: reserves it. */
  keep(): Promise<void>;
}

interface Amounts {
  files: number;
  bytes: number;
}

interface Need extends Amounts {
  /** Whose it is, where that is known. */
  uploader: string | null;
  /** Test files have an allowance of their own, beside everything else. */
  isTest: boolean;
}

/** What the plan says counts by the calendar, too. */
export interface Counting {
  plan: HeldPlan;
  now: Date;
}

/** True when something has to be counted before a file may be added. */
export function isCounted(rules: ProjectRules, plan: HeldPlan): boolean {
  return hasLimits(rules) || hasUploaderLimits(rules) || hasQuotas(plan);
}

/**
 * What a project and its organization hold, as exactly as has to be known to tell whether these needs fit.
 * One at a time per project, until the caller's transaction ends, or two uploads could both be the last one.
 */
export async function openRoom(
  tx: Tx,
  input: { projectId: string; needs: readonly Need[] } & Counting,
): Promise<Room> {
  const { projectId, plan, now } = input;
  const { rules, organizationId } = await lockProject(tx, projectId);
  const counted = input.needs.filter(({ isTest }) => !isTest);
  const hasTests = counted.length < input.needs.length;
  const needs = {
    files: counted.reduce((sum, { files }) => sum + files, 0),
    bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  const quotas = await openQuotas(tx, { organizationId, plan, now, needs, hasTests });
  const held = hasLimits(rules) ? await heldBy(tx, { projectId, rules, needs }) : null;
  const uploaders = input.needs.map(({ uploader }) => uploader);
  const each = await openUploaderRoom(tx, { projectId, rules, uploaders });
  const changed = [held, quotas.held].filter((one) => one !== null);
  return {
    take(need) {
      if (need.isTest) return quotas.takeTest(need);
      const refusal =
        (held && refusalOf(rules, held, need)) ?? each.refusalOf(need) ?? quotas.refusalOf(need);
      if (refusal !== null) return refusal;
      for (const one of changed) addTo(one, need);
      each.take(need);
      return null;
    },
    keep: () => keepCeilings(tx, changed),
  };
}

/** Counted only where it could be too much. */
async function heldBy(
  tx: Tx,
  input: { projectId: string; rules: ProjectRules; needs: Amounts },
): Promise<Held> {
  const { projectId, rules, needs } = input;
  const owner = { ownerId: projectId, month: null };
  const ceiling = await ceilingOf(tx, owner);
  if (ceiling !== null && refusalOf(rules, ceiling, needs) === null) return ceiling;
  const usage = await usageOf(tx, projectId);
  return {
    ...owner,
    files: usage.files + usage.reservedFiles,
    bytes: usage.bytes + usage.reservedBytes,
    uploads: 0,
    uploadedBytes: 0,
    countedAt: null,
  };
}

/**
 * Makes room for a file, or throws when the project would then hold more than its rules allow.
 *
 * @throws `file_limit_reached`, `storage_limit_reached`, `quota_exceeded`.
 */
export async function reserve(
  tx: Tx,
  input: { projectId: string } & Counting & Need,
): Promise<void> {
  const room = await openRoom(tx, { ...input, needs: [input] });
  const refusal = room.take(input);
  if (refusal !== null) throw refusal;
  await room.keep();
}

function refusalOf(
  { maxFiles, maxTotalSize }: ProjectRules,
  { files, bytes }: Amounts,
  need: Amounts,
): AppError | null {
  if (maxFiles !== null && files + need.files > maxFiles) {
    return slipwayError(
      'file_limit_reached',
      `This project holds up to ${maxFiles} files and has ${files}.`,
      { details: { rule: 'maxFiles', expected: maxFiles, received: files + need.files } },
    );
  }
  if (maxTotalSize !== null && bytes + need.bytes > maxTotalSize) {
    return slipwayError(
      'storage_limit_reached',
      `This project holds up to ${maxTotalSize} bytes and has ${bytes}; this file would add ${need.bytes}.`,
      {
        details: { rule: 'maxTotalSize', expected: maxTotalSize, received: bytes + need.bytes },
      },
    );
  }
  return null;
}
