export type { NotificationContext } from './context.ts';
export { dayInWords, type EndedDay, sendDailySummaries } from './daily-summaries.ts';
export {
  getNotificationSettings,
  type NoticeChoice,
  type NotificationSettings,
} from './get-settings.ts';
export { mountUnsubscribe } from './http.ts';
export { dailySummaryJob, mailNoticesJob, pruneNoticesJob, tellNoticeJob } from './jobs.ts';
export { countUnreadNotices, listNotices, type Notice, type NoticePage } from './list.ts';
export { mailGathered } from './mail-gathered.ts';
export { type Message, mailOrganization, mailUser } from './mail-notice.ts';
export { type NewNotice, notify } from './notify.ts';
export { noticeProcedures, notificationProcedures } from './procedures.ts';
export { pruneNotices } from './prune.ts';
export type { Recipient } from './recipients.ts';
export { notice, noticeRecipient, notificationOptOut, notificationSettings } from './table.ts';
export { tellInApp, tellNotice } from './tell.ts';
export { noticeTimeZone, updateNotificationSettings } from './update-settings.ts';
