import { pruneIdempotencyKeysJob } from '@repo/foundation/idempotency';
import { handleJob, type JobBinding, type JobDefinition } from '@repo/foundation/jobs';
import { pruneMails, pruneMailsJob, sendMail, sendMailJob } from '@repo/foundation/mail';
import { invitationCreatedJob } from '@repo/foundation/member';
import {
  dailySummaryJob,
  mailGathered,
  mailNoticesJob,
  pruneNotices,
  pruneNoticesJob,
  tellNotice,
  tellNoticeJob,
} from '@repo/foundation/notification';
import { pruneRateBudgets, pruneRateBudgetsJob } from '@repo/foundation/rate-limit';
import { resealJob } from '@repo/foundation/sealing';
import { deliverJob, sweepDeliveriesJob } from '@repo/foundation/webhook';
import { cancelPausedJob } from './batch/jobs.ts';
import type { Context } from './context.ts';
import { expireCreditsJob } from './credit/jobs.ts';
import { pruneEditsJob } from './edit/jobs.ts';
import { enhanceSceneJob, recoverEnhancementsJob } from './enhancement/jobs.ts';
import {
  announceDeliveryJob,
  markAgainJob,
  prepareCopiesJob,
  recoverCopiesJob,
} from './gallery/jobs.ts';
import { cleanListingJob, recoverCleaningJob } from './listing/jobs.ts';
import { adoptLateUploadsJob, adoptUploadsJob, inspectPhotoJob } from './photo/jobs.ts';
import { previewLookJob, sweepPreviewsJob } from './preview/jobs.ts';
import { forgetLogsJob } from './retention/jobs.ts';
import { regroupListingJob } from './scene/jobs.ts';
import { discardFilesJob, sweepFilesJob } from './work/jobs.ts';

export const jobs: readonly JobDefinition[] = [
  pruneRateBudgetsJob,
  pruneIdempotencyKeysJob,
  deliverJob,
  sweepDeliveriesJob,
  resealJob,
  sendMailJob,
  pruneMailsJob,
  invitationCreatedJob,
  tellNoticeJob,
  mailNoticesJob,
  pruneNoticesJob,
  dailySummaryJob,
  pruneEditsJob,
  inspectPhotoJob,
  adoptUploadsJob,
  adoptLateUploadsJob,
  regroupListingJob,
  enhanceSceneJob,
  recoverEnhancementsJob,
  previewLookJob,
  sweepPreviewsJob,
  expireCreditsJob,
  cancelPausedJob,
  cleanListingJob,
  recoverCleaningJob,
  prepareCopiesJob,
  markAgainJob,
  announceDeliveryJob,
  recoverCopiesJob,
  forgetLogsJob,
  sweepFilesJob,
  discardFilesJob,
];

export const jobBindings: readonly JobBinding<Context>[] = [
  handleJob(pruneRateBudgetsJob, async () => pruneRateBudgets),
  handleJob(deliverJob, async () => (await import('./webhook/deliver.ts')).deliver),
  handleJob(sweepDeliveriesJob, async () => (await import('./webhook/deliver.ts')).sweepDeliveries),
  handleJob(resealJob, async () => (await import('./webhook/reseal.ts')).resealSecrets),
  handleJob(
    pruneIdempotencyKeysJob,
    async () => (await import('./idempotency/prune.ts')).pruneAnswers,
  ),
  handleJob(sendMailJob, async () => sendMail),
  handleJob(pruneMailsJob, async () => pruneMails),
  handleJob(tellNoticeJob, async () => tellNotice),
  handleJob(mailNoticesJob, async () => mailGathered),
  handleJob(pruneNoticesJob, async () => pruneNotices),
  handleJob(
    dailySummaryJob,
    async () => (await import('./notice/daily-summary.ts')).mailDailySummaries,
  ),
  handleJob(
    invitationCreatedJob,
    async () => (await import('@repo/foundation/member')).announceInvitation,
  ),
  handleJob(pruneEditsJob, async () => (await import('./edit/prune.ts')).pruneEdits),
  handleJob(inspectPhotoJob, async () => (await import('./photo/inspect.ts')).inspectPhoto),
  handleJob(adoptUploadsJob, async () => (await import('./photo/adopt-uploads.ts')).adoptUploads),
  handleJob(
    adoptLateUploadsJob,
    async () => (await import('./photo/adopt-uploads.ts')).adoptLateUploads,
  ),
  handleJob(regroupListingJob, async () => (await import('./scene/regroup.ts')).regroupByJob),
  handleJob(enhanceSceneJob, async () => (await import('./enhancement/turn.ts')).workInTurn),
  handleJob(
    recoverEnhancementsJob,
    async () => (await import('./enhancement/recover.ts')).recoverEnhancements,
  ),
  handleJob(previewLookJob, async () => (await import('./preview/make.ts')).makePreview),
  handleJob(sweepPreviewsJob, async () => (await import('./preview/sweep.ts')).sweepPreviews),
  handleJob(
    cancelPausedJob,
    async () => (await import('./batch/cancel-paused.ts')).cancelLongPaused,
  ),
  handleJob(expireCreditsJob, async () => (await import('./credit/expire.ts')).expireCredits),
  handleJob(cleanListingJob, async () => (await import('./listing/clean.ts')).cleanListing),
  handleJob(
    recoverCleaningJob,
    async () => (await import('./listing/recover-cleaning.ts')).recoverCleaning,
  ),
  handleJob(discardFilesJob, async () => (await import('./work/discard.ts')).discardNamedFiles),
  handleJob(prepareCopiesJob, async () => (await import('./gallery/prepare.ts')).prepareCopies),
  handleJob(markAgainJob, async () => (await import('./gallery/mark-again.ts')).markAgain),
  handleJob(
    announceDeliveryJob,
    async () => (await import('./gallery/announce-by-job.ts')).announceDelivery,
  ),
  handleJob(recoverCopiesJob, async () => (await import('./gallery/recover.ts')).recoverCopies),
  handleJob(forgetLogsJob, async () => (await import('./retention/forget.ts')).forgetLogs),
  handleJob(sweepFilesJob, async () => (await import('./work/sweep-files.ts')).sweepFiles),
];
