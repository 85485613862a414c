import { noticeProcedures, notificationProcedures } from '@repo/foundation/notification';
import { procedure, router } from '../trpc.ts';

export const noticeRouter = router(noticeProcedures(procedure));
export const notificationRouter = router(notificationProcedures(procedure));
