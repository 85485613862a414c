import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { slipwayError } from '../errors.ts';
import type { ProjectRules } from '../project/schema.ts';
import { usageOfUploaders } from '../usage/usage-of-uploaders.ts';

interface Need {
  files: number;
  bytes: number;
  uploader: string | null;
}

/** What each end-user still has room for. */
interface UploaderRoom {
  refusalOf(need: Need): AppError | null;
  take(need: Need): void;
}

export const hasUploaderLimits = (rules: ProjectRules) =>
  rules.maxFilesPerUploader !== null || rules.maxBytesPerUploader !== null;

/**
 * Counts what these end-users hold. To be called under the project's lock. Files of which nobody said
 * whose they are count for the project alone.
 */
export async function openUploaderRoom(
  tx: Tx,
  input: { projectId: string; rules: ProjectRules; uploaders: readonly (string | null)[] },
): Promise<UploaderRoom> {
  const { projectId, rules } = input;
  const uploaders = hasUploaderLimits(rules)
    ? [...new Set(input.uploaders.filter((uploader) => uploader !== null))]
    : [];
  const usage = await usageOfUploaders(tx, { projectId, uploaders });
  const held = new Map(uploaders.map((uploader) => [uploader, { files: 0, bytes: 0 }]));
  for (const { uploader, files, bytes } of usage) held.set(uploader, { files, bytes });
  const of = ({ uploader }: Need) => (uploader === null ? undefined : held.get(uploader));
  return {
    refusalOf(need) {
      const has = of(need);
      return has === undefined ? null : refusal(rules, has, need);
    },
    take(need) {
      const has = of(need);
      if (has === undefined) return;
      has.files += need.files;
      has.bytes += need.bytes;
    },
  };
}

function refusal(
  { maxFilesPerUploader: mostFiles, maxBytesPerUploader: mostBytes }: ProjectRules,
  has: { files: number; bytes: number },
  need: Need,
): AppError | null {
  const files = has.files + need.files;
  const bytes = has.bytes + need.bytes;
  if (mostFiles !== null && files > mostFiles) {
    return slipwayError(
      'file_limit_reached',
      `Each uploader holds up to ${mostFiles} files here, and this one has ${has.files}.`,
      { details: { rule: 'maxFilesPerUploader', expected: mostFiles, received: files } },
    );
  }
  if (mostBytes !== null && bytes > mostBytes) {
    return slipwayError(
      'storage_limit_reached',
      `Each uploader holds up to ${mostBytes} bytes here, and this one has ${has.bytes}; this file would add ${need.bytes}.`,
      { details: { rule: 'maxBytesPerUploader', expected: mostBytes, received: bytes } },
    );
  }
  return null;
}
