import type { Tx } from '@repo/foundation/db';
import { slipwayError } from '../errors.ts';
import { lockProject } from '../project/internal.ts';
import type { ProjectRules } from '../project/schema.ts';
import { usageOf } from '../usage/usage-of.ts';

/** True when something has to be counted before a file may be added. */
export function hasLimits({ maxFiles, maxTotalSize }: ProjectRules): boolean {
  return maxFiles !== null || maxTotalSize !== null;
}

/**
 * Makes room for a file: throws when the project would then hold more than its rules allow. One at a
 * time per project, until the caller's transaction ends, or two uploads could both be the last one.
 *
 * @throws `file_limit_reached`, `storage_limit_reached`.
 */
export async function reserve(
  tx: Tx,
  input: { projectId: string; files: number; bytes: number },
): Promise<void> {
  const { rules } = await lockProject(tx, input.projectId);
  if (!hasLimits(rules)) return;
  const usage = await usageOf(tx, input.projectId);
  const files = usage.files + usage.reservedFiles;
  if (rules.maxFiles !== null && files + input.files > rules.maxFiles) {
    throw slipwayError(
      'file_limit_reached',
      `This project holds up to ${rules.maxFiles} files and has ${files}.`,
      { details: { rule: 'maxFiles', expected: rules.maxFiles, received: files + input.files } },
    );
  }
  const bytes = usage.bytes + usage.reservedBytes;
  if (rules.maxTotalSize !== null && bytes + input.bytes > rules.maxTotalSize) {
    throw slipwayError(
      'storage_limit_reached',
      `This project holds up to ${rules.maxTotalSize} bytes and has ${bytes}; this file would add ${input.bytes}.`,
      {
        details: {
          rule: 'maxTotalSize',
          expected: rules.maxTotalSize,
          received: bytes + input.bytes,
        },
      },
    );
  }
}
