import { procedure, router } from '../trpc.ts';
import { getNotificationSettings } from './get-settings.ts';
import { NoticeTimeZone, UpdateNotifications } from './schema.ts';
import { noticeTimeZone, updateNotificationSettings } from './update-settings.ts';

export const notificationRouter = router({
  get: procedure.query(({ ctx }) => getNotificationSettings(ctx)),
  update: procedure
    .input(UpdateNotifications)
    .mutation(({ ctx, input }) => updateNotificationSettings(ctx, input)),
  noticeTimeZone: procedure
    .input(NoticeTimeZone)
    .mutation(({ ctx, input }) => noticeTimeZone(ctx, input)),
});
