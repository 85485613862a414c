import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';
import type { HeldPlan } from '../plan/held-plan.ts';
import { hasQuotas } from '../plan/plan-of.ts';
import { openQuotas } from '../plan/quota-room.ts';
import { lockProject } from '../project/internal.ts';
import type { ProjectRules } from '../project/schema.ts';
import { usageOf } from '../usage/usage-of.ts';
import { hasUploaderLimits, openUploaderRoom } from './uploader-room.ts';

const hasLimits = ({ maxFiles, maxTotalSize }: ProjectRules) =>
  maxFiles !== null || maxTotalSize !== null;

/** What a project may still take in. */
export interface Room {
  /** Reserves it, or tells which rule has no room for it; then nothing is reserved. */
  take(need: Need): AppError | null;
}

interface Need {
  files: number;
  bytes: number;
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

const NOTHING = { files: 0, bytes: 0, reservedFiles: 0, reservedBytes: 0 };

/** True when something has to be counted before a file may be added. */
export function isCounted(rules: ProjectRules, plan: HeldPlan): boolean {
  return hasLimits(rules) || hasUploaderLimits(rules) || hasQuotas(plan);
}

/**
 * Counts what a project holds, and its organization. One at a time per project, until the caller's transaction ends, or two
 * uploads could both be the last one.
 */
export async function openRoom(
  tx: Tx,
  input: { projectId: string; uploaders: readonly (string | null)[] } & Counting,
): Promise<Room> {
  const { projectId, plan, now, uploaders } = input;
  const { rules, organizationId } = await lockProject(tx, projectId);
  const quotas = await openQuotas(tx, { organizationId, plan, now });
  const usage = hasLimits(rules) ? await usageOf(tx, projectId) : NOTHING;
  const each = await openUploaderRoom(tx, { projectId, rules, uploaders });
  const held = {
    files: usage.files + usage.reservedFiles,
    bytes: usage.bytes + usage.reservedBytes,
  };
  return {
    take(need) {
      if (need.isTest) return quotas.takeTest(need);
      const refusal =
        refusalOf(rules, held, need) ?? each.refusalOf(need) ?? quotas.refusalOf(need);
      if (refusal !== null) return refusal;
      held.files += need.files;
      held.bytes += need.bytes;
      each.take(need);
      quotas.take(need);
      return null;
    },
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
  const room = await openRoom(tx, { ...input, uploaders: [input.uploader] });
  const refusal = room.take(input);
  if (refusal !== null) throw refusal;
}

function refusalOf(
  { maxFiles, maxTotalSize }: ProjectRules,
  { files, bytes }: Pick<Need, 'files' | 'bytes'>,
  need: Need,
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
