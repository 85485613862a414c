import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { exportAudit } from './export.ts';
import { auditFilters } from './filters.ts';
import { listAudit } from './list.ts';
import { AuditFilter, ListAudit } from './schema.ts';

export const auditRouter = router({
  list: procedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx, input)),
  filters: procedure
    .input(z.object({ organizationId: anyId }))
    .query(({ ctx, input }) => auditFilters(ctx, input.organizationId)),
  export: procedure.input(AuditFilter).mutation(({ ctx, input }) => exportAudit(ctx, input)),
});
