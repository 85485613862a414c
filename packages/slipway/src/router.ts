import { accountRouter } from './account/router.ts';
import { apiKeyRouter } from './api-key/router.ts';
import { auditRouter } from './audit/router.ts';
import { callbackRouter } from './callback/router.ts';
import { deviceLoginRouter } from './device-login/router.ts';
import { fileRouter } from './file/router.ts';
import { installationRouter } from './installation/router.ts';
import { outboxRouter } from './mail/router.ts';
import { invitationRouter, memberRouter } from './member/router.ts';
import { noticeRouter, notificationRouter } from './notification/router.ts';
import { organizationRouter } from './organization/router.ts';
import { projectRouter } from './project/router.ts';
import { upkeepRouter } from './reconcile/router.ts';
import { savedViewRouter } from './saved-view/router.ts';
import { sessionRouter } from './session/router.ts';
import { storageRouter } from './storage-connection/router.ts';
import { router } from './trpc.ts';
import { uploadLogRouter } from './upload-log/router.ts';
import { uploadthingRouter } from './uploadthing/router.ts';
import { usageRouter } from './usage/router.ts';
import { webhookRouter } from './webhook/router.ts';

/** What the dashboard calls. */
export const appRouter = router({
  uploadthing: uploadthingRouter,
  session: sessionRouter,
  account: accountRouter,
  organization: organizationRouter,
  member: memberRouter,
  invitation: invitationRouter,
  project: projectRouter,
  apiKey: apiKeyRouter,
  deviceLogin: deviceLoginRouter,
  audit: auditRouter,
  file: fileRouter,
  uploadLog: uploadLogRouter,
  savedView: savedViewRouter,
  storage: storageRouter,
  upkeep: upkeepRouter,
  webhook: webhookRouter,
  callback: callbackRouter,
  usage: usageRouter,
  notice: noticeRouter,
  notification: notificationRouter,
  outbox: outboxRouter,
  installation: installationRouter,
});

export type AppRouter = typeof appRouter;
