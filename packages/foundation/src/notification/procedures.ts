import { type Procedure, procedureFor } from '../trpc/index.ts';
import type { NotificationContext } from './context.ts';
import { getNotificationSettings } from './get-settings.ts';
import { countUnreadNotices, listNotices } from './list.ts';
import { readNotices } from './read.ts';
import { ListNotices, NoticeTimeZone, ReadNotices, UpdateNotifications } from './schema.ts';
import { noticeTimeZone, updateNotificationSettings } from './update-settings.ts';

/** What the signed-in person was told; nobody else's. */
export function noticeProcedures<Has extends NotificationContext>(own: Procedure<Has>) {
  const procedure = procedureFor<NotificationContext, Has>(own);
  return {
    list: procedure.input(ListNotices).query(({ ctx, input }) => listNotices(ctx, input)),
    unread: procedure.query(({ ctx }) => countUnreadNotices(ctx)),
    read: procedure.input(ReadNotices).mutation(({ ctx, input }) => readNotices(ctx, input)),
  };
}

/** And how they want to be told. */
export function notificationProcedures<Has extends NotificationContext>(own: Procedure<Has>) {
  const procedure = procedureFor<NotificationContext, Has>(own);
  return {
    get: procedure.query(({ ctx }) => getNotificationSettings(ctx)),
    update: procedure
      .input(UpdateNotifications)
      .mutation(({ ctx, input }) => updateNotificationSettings(ctx, input)),
    noticeTimeZone: procedure
      .input(NoticeTimeZone)
      .mutation(({ ctx, input }) => noticeTimeZone(ctx, input)),
  };
}
