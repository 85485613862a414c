import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';
import { lockProject } from '../project/internal.ts';
import type { ProjectRules } from '../project/schema.ts';
import { usageOf } from '../usage/usage-of.ts';

/** True when something has to be counted before a file may be added. */
export function hasLimits({ maxFiles, maxTotalSize }: ProjectRules): boolean {
  return maxFiles !== null || maxTotalSize !== null;
}

/** What a project may still take in. */
export interface Room {
  /** Reserves it, or tells which rule has no room for it; then nothing is reserved. */
  take(need: Need): AppError | null;
}

interface Need {
  files: number;
  bytes: number;
}

/**
 * Counts what a project holds. One at a time per project, until the caller's transaction ends, or two
 * uploads could both be the last one.
 */
export async function openRoom(tx: Tx, projectId: string): Promise<Room> {
  const { rules } = await lockProject(tx, projectId);
  if (!hasLimits(rules)) return { take: () => null };
  const usage = await usageOf(tx, projectId);
  const held = {
    files: usage.files + usage.reservedFiles,
    bytes: usage.bytes + usage.reservedBytes,
  };
  return {
    take(need) {
      const refusal = refusalOf(rules, held, need);
      if (refusal !== null) return refusal;
      held.files += need.files;
      held.bytes += need.bytes;
      return null;
    },
  };
}

/**
 * Makes room for a file, or throws when the project would then hold more than its rules allow.
 *
 * @throws `file_limit_reached`, `storage_limit_reached`.
 */
export async function reserve(tx: Tx, input: { projectId: string } & Need): Promise<void> {
  const room = await openRoom(tx, input.projectId);
  const refusal = room.take(input);
  if (refusal !== null) throw refusal;
}

function refusalOf(
  { maxFiles, maxTotalSize }: ProjectRules,
  { files, bytes }: Need,
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
