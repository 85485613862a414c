import {
  countUnreadNotices,
  getNotificationSettings,
  ListNotices,
  listNotices,
  NoticeTimeZone,
  noticeTimeZone,
  ReadNotices,
  readNotices,
  UpdateNotifications,
  updateNotificationSettings,
} from '@repo/foundation/notification';
import { procedure, router } from '../trpc.ts';

/** What the signed-in person was told; nobody else's. */
export const noticeRouter = router({
  list: procedure.input(ListNotices).query(({ ctx, input }) => listNotices(ctx, input)),
  unread: procedure.query(({ ctx }) => countUnreadNotices(ctx)),
  read: procedure.input(ReadNotices).mutation(({ ctx, input }) => readNotices(ctx, input)),
});

export const notificationRouter = router({
  get: procedure.query(({ ctx }) => getNotificationSettings(ctx)),
  update: procedure
    .input(UpdateNotifications)
    .mutation(({ ctx, input }) => updateNotificationSettings(ctx, input)),
  noticeTimeZone: procedure
    .input(NoticeTimeZone)
    .mutation(({ ctx, input }) => noticeTimeZone(ctx, input)),
});
