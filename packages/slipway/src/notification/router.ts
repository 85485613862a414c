import {
  getNotificationSettings,
  NoticeTimeZone,
  noticeTimeZone,
  UpdateNotifications,
  updateNotificationSettings,
} from '@repo/foundation/notification';
import { procedure, router } from '../trpc.ts';

export const notificationRouter = router({
  get: procedure.query(({ ctx }) => getNotificationSettings(ctx)),
  update: procedure
    .input(UpdateNotifications)
    .mutation(({ ctx, input }) => updateNotificationSettings(ctx, input)),
  noticeTimeZone: procedure
    .input(NoticeTimeZone)
    .mutation(({ ctx, input }) => noticeTimeZone(ctx, input)),
});
