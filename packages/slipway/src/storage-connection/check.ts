import { recordAudit } from '@repo/foundation/audit';
import type { SlipwayContext } from '../context.ts';
import { requireProjectAsUser } from '../project/internal.ts';
import type { DoctorReport } from '../storage/s3/doctor/report.ts';
import { openCredentials } from './credentials.ts';
import { examine } from './examine.ts';
import { getConnectionInProject } from './internal.ts';
import { CheckStorage } from './schema.ts';

/** Has the doctor look at a bucket, and mend what it can when that is wanted. */
export async function checkStorage(
  ctx: SlipwayContext,
  input: CheckStorage,
): Promise<DoctorReport> {
  const { projectId, storageId, origin, mend } = CheckStorage.parse(input);
  const { organizationId } = await requireProjectAsUser(ctx, projectId, 'project.manage');
  const row = await getConnectionInProject(ctx.db, { projectId, storageId });
  const credentials = openCredentials(ctx.buckets, row);
  const report = await examine(ctx, { address: row.address, credentials, origin, mend });
  if (report.mended.length > 0) {
    await ctx.db.transaction((tx) =>
      recordAudit(tx, ctx, {
        organizationId,
        action: 'storage_connection.mended',
        entityId: storageId,
        data: { projectId, mended: report.mended },
      }),
    );
  }
  return report;
}
