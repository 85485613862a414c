import { pruneIdempotencyKeysJob } from '@repo/foundation/idempotency';
import { handleJob, type JobBinding, type JobDefinition } from '@repo/foundation/jobs';
import { pruneMails, pruneMailsJob, sendMail, sendMailJob } from '@repo/foundation/mail';
import { invitationCreatedJob } from '@repo/foundation/member';
import { dailySummaryJob, pruneNotices, pruneNoticesJob } from '@repo/foundation/notification';
import { pruneRateBudgets, pruneRateBudgetsJob } from '@repo/foundation/rate-limit';
import { resealJob } from '@repo/foundation/sealing';
import { deliverJob, sweepDeliveriesJob } from '@repo/foundation/webhook';
import { deliverCallbackJob, sweepCallbacksJob } from './callback/jobs.ts';
import type { SlipwayContext } from './context.ts';
import { eraseFileJob, sweepFilesJob, verifyFileJob } from './file/jobs.ts';
import { fetchFileJob } from './from-url/jobs.ts';
import { makeThumbnailJob } from './image/jobs.ts';
import {
  digestFailedUploadsJob,
  endpointDisabledJob,
  expiringKeysJob,
} from './notification/jobs.ts';
import { eraseOrganizationJob } from './organization/jobs.ts';
import { eraseProjectJob } from './project/jobs.ts';
import { reconcileJob, scrubFileJob, scrubJob } from './reconcile/jobs.ts';
import { forgetLogsJob } from './retention/jobs.ts';
import { moveFilesJob, tendStoragesJob } from './storage-connection/jobs.ts';
import { concatenateJob, forgetTokensJob } from './tus/jobs.ts';
import { forgetRoutesJob } from './uploadthing/jobs.ts';
import { countUsageJob, thresholdReachedJob, watchUsageJob } from './usage/jobs.ts';

export const jobs: readonly JobDefinition[] = [
  watchUsageJob,
  thresholdReachedJob,
  pruneIdempotencyKeysJob,
  pruneRateBudgetsJob,
  eraseFileJob,
  verifyFileJob,
  fetchFileJob,
  sweepFilesJob,
  countUsageJob,
  reconcileJob,
  scrubJob,
  scrubFileJob,
  makeThumbnailJob,
  concatenateJob,
  forgetTokensJob,
  moveFilesJob,
  tendStoragesJob,
  resealJob,
  eraseProjectJob,
  eraseOrganizationJob,
  invitationCreatedJob,
  deliverCallbackJob,
  sweepCallbacksJob,
  forgetRoutesJob,
  deliverJob,
  sweepDeliveriesJob,
  forgetLogsJob,
  sendMailJob,
  pruneMailsJob,
  digestFailedUploadsJob,
  dailySummaryJob,
  expiringKeysJob,
  endpointDisabledJob,
  pruneNoticesJob,
];

export const jobBindings: readonly JobBinding<SlipwayContext>[] = [
  handleJob(
    pruneIdempotencyKeysJob,
    async () => (await import('./idempotency/prune.ts')).pruneAnswers,
  ),
  handleJob(watchUsageJob, async () => (await import('./usage/watch.ts')).watchUsage),
  handleJob(
    thresholdReachedJob,
    async () => (await import('./usage/threshold-reached.ts')).thresholdReached,
  ),
  handleJob(pruneNoticesJob, async () => pruneNotices),
  handleJob(pruneRateBudgetsJob, async () => pruneRateBudgets),
  handleJob(eraseFileJob, async () => (await import('./file/erase.ts')).eraseFile),
  handleJob(fetchFileJob, async () => (await import('./from-url/fetch-file.ts')).fetchFile),
  handleJob(verifyFileJob, async () => (await import('./file/verify.ts')).verifyFile),
  handleJob(countUsageJob, async () => (await import('./usage/count.ts')).countUsage),
  handleJob(sweepFilesJob, async () => {
    const { sweepFiles } = await import('./file/sweep.ts');
    return async (ctx) => {
      await sweepFiles(ctx);
    };
  }),
  handleJob(scrubJob, async () => {
    const { scrub } = await import('./reconcile/scrub.ts');
    return async (ctx) => {
      await scrub(ctx);
    };
  }),
  handleJob(scrubFileJob, async () => (await import('./reconcile/scrub-file.ts')).scrubFile),
  handleJob(reconcileJob, async () => (await import('./reconcile/reconcile.ts')).reconcile),
  handleJob(
    makeThumbnailJob,
    async () => (await import('./image/make-thumbnail.ts')).makeThumbnail,
  ),
  handleJob(concatenateJob, async () => (await import('./tus/concatenate.ts')).concatenateUpload),
  handleJob(
    moveFilesJob,
    async () => (await import('./storage-connection/move/move-files.ts')).moveFiles,
  ),
  handleJob(
    tendStoragesJob,
    async () => (await import('./storage-connection/tend.ts')).tendStorages,
  ),
  handleJob(resealJob, async () => {
    const { reseal } = await import('./sealing/reseal.ts');
    return async (ctx) => {
      await reseal(ctx);
    };
  }),
  handleJob(forgetTokensJob, async () => (await import('./tus/upload-token.ts')).forgetTokens),
  handleJob(
    invitationCreatedJob,
    async () => (await import('@repo/foundation/member')).announceInvitation,
  ),
  handleJob(eraseProjectJob, async () => (await import('./project/erase.ts')).eraseProject),
  handleJob(
    eraseOrganizationJob,
    async () => (await import('./organization/erase.ts')).eraseOrganization,
  ),
  handleJob(
    deliverCallbackJob,
    async () => (await import('./callback/deliver.ts')).deliverCallback,
  ),
  handleJob(sweepCallbacksJob, async () => (await import('./callback/sweep.ts')).sweepCallbacks),
  handleJob(
    forgetRoutesJob,
    async () => (await import('./uploadthing/forget-routes.ts')).forgetRoutes,
  ),
  handleJob(deliverJob, async () => (await import('./webhook/manage.ts')).deliver),
  handleJob(sweepDeliveriesJob, async () => (await import('./webhook/manage.ts')).sweepDeliveries),
  handleJob(forgetLogsJob, async () => (await import('./retention/forget.ts')).forgetLogs),
  handleJob(sendMailJob, async () => sendMail),
  handleJob(pruneMailsJob, async () => pruneMails),
  handleJob(
    digestFailedUploadsJob,
    async () => (await import('./notification/failed-uploads.ts')).digestFailedUploads,
  ),
  handleJob(
    dailySummaryJob,
    async () => (await import('./notification/daily-summary.ts')).sendDailySummaries,
  ),
  handleJob(
    expiringKeysJob,
    async () => (await import('./notification/expiring-keys.ts')).notifyExpiringKeys,
  ),
  handleJob(
    endpointDisabledJob,
    async () => (await import('./notification/endpoint-disabled.ts')).notifyEndpointDisabled,
  ),
];
