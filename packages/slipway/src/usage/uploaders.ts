import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { refuseTestKey } from '../file/test-mode.ts';
import { requireProject } from '../project/internal.ts';
import type { ProjectRules } from '../project/schema.ts';
import { largestUploaders } from './largest-uploaders.ts';
import { LargestUploaders, type UploaderQuotas, type UploaderQuotasPage } from './schema.ts';
import { usageOfUploader } from './usage-of-uploader.ts';
import type { UploaderUsage } from './usage-of-uploaders.ts';

const OF_PEOPLE = 'what end-users hold, which is live files alone';

/** What one end-user holds, beside what the project's rules allow each of them. */
export async function getUploaderUsage(
  ctx: SlipwayContext,
  { projectId, uploader }: { projectId: string; uploader: string },
): Promise<UploaderQuotas> {
  const { id, rules } = await requireProject(ctx, projectId, 'usage.read');
  refuseTestKey(ctx.actor, OF_PEOPLE);
  return viewOf(await usageOfUploader(ctx.db, { projectId: id, uploader }), rules);
}

/** The end-users who hold most. */
export async function listUploaders(
  ctx: SlipwayContext,
  { projectId, query }: { projectId: string; query: z.input<typeof LargestUploaders> },
): Promise<UploaderQuotasPage> {
  const { id, rules } = await requireProject(ctx, projectId, 'usage.read');
  refuseTestKey(ctx.actor, OF_PEOPLE);
  const { limit } = LargestUploaders.parse(query);
  const found = await largestUploaders(ctx.db, { projectId: id, limit });
  return { data: found.map((usage) => viewOf(usage, rules)) };
}

function viewOf(usage: UploaderUsage, rules: ProjectRules): UploaderQuotas {
  const { uploader, files, bytes, reservedFiles, reservedBytes } = usage;
  return {
    uploader,
    files: {
      used: files - reservedFiles,
      reserved: reservedFiles,
      limit: rules.maxFilesPerUploader,
    },
    bytes: {
      used: bytes - reservedBytes,
      reserved: reservedBytes,
      limit: rules.maxBytesPerUploader,
    },
  };
}
