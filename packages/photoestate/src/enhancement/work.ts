import type { JobRun } from '@repo/foundation/jobs';
import { withWorkDir } from '@repo/foundation/work-dir';
import type { Context } from '../context.ts';
import { failureOf, isEnd } from '../work/failure.ts';
import { discardFiles } from '../work/files.ts';
import { type Claim, claimWork, type Heartbeat, startHeartbeat } from './claim.ts';
import { keepFirstLook } from './first-look.ts';
import { enhanceSceneJob } from './jobs.ts';
import { type Produced, produceResult } from './produce.ts';
import { recordFailure, recordResult, releaseWork } from './settle.ts';

/** Makes this very photo, if it waits. */
export async function workOnEnhancement(
  ctx: Context,
  { enhancementId }: { enhancementId: string },
  run: JobRun,
): Promise<void> {
  const claim = await claimWork(ctx, enhancementId);
  if (claim !== null) await workOnClaim(ctx, claim, run);
}

/**
 * However often and however many at once run for a row, one run records one result; the others stop and
 * clear up.
 */
export async function workOnClaim(ctx: Context, claim: Claim, run: JobRun): Promise<void> {
  const heartbeat = startHeartbeat(ctx, claim);
  try {
    await work(ctx, claim, { heartbeat, run });
  } catch (error) {
    if (heartbeat.lost.aborted) return;
    await giveUpOrRetry(ctx, claim, { error, run });
  } finally {
    heartbeat.stop();
  }
}

interface Running {
  heartbeat: Heartbeat;
  run: JobRun;
}

async function work(ctx: Context, claim: Claim, { heartbeat, run }: Running): Promise<void> {
  const signal = AbortSignal.any([run.signal, ctx.stopping, heartbeat.lost]);
  const firstLook = keepFirstLook(ctx, claim, signal);
  try {
    const produced = await withWorkDir(ctx.engine.workDir, claim.row.id, (dir) =>
      // It lies in the folder, too.
      produceResult(ctx, claim.row, { dir, signal, heartbeat, firstLook }).finally(
        firstLook.stored,
      ),
    );
    let recorded = false;
    try {
      recorded = await recordResult(ctx, claim, produced);
    } finally {
      if (!recorded) await discardFiles(ctx, filesOf(produced));
    }
  } finally {
    await firstLook.discard();
  }
}

function filesOf({ resultFileId, resultPreviewFileId, resultThumbFileId }: Produced): string[] {
  return [resultFileId, resultPreviewFileId, resultThumbFileId];
}

/** As often as the queue tries a job. */
const MOST_ATTEMPTS = enhanceSceneJob.retryLimit + 1;

async function giveUpOrRetry(
  ctx: Context,
  claim: Claim,
  { error, run }: { error: unknown; run: JobRun },
): Promise<void> {
  if (ctx.stopping.aborted) {
    // Nobody's fault, so it costs no attempt: another worker is told at once.
    await releaseWork(ctx, claim, {
      step: 'Waiting for a worker',
      newJob: true,
      attempt: claim.row.attempt - 1,
    });
    return;
  }
  const failure = failureOf(error, run.signal);
  const { attempt } = claim.row;
  // The photo's own: those of the job may have been spent on other photos.
  if (isEnd(failure, { attempt, last: attempt >= MOST_ATTEMPTS })) {
    ctx.log.warn(
      { err: error, enhancementId: claim.row.id, code: failure.code },
      'an enhancement failed',
    );
    await recordFailure(ctx, claim, failure);
    return;
  }
  const waitSeconds = enhanceSceneJob.retryDelay * 2 ** (attempt - 1);
  // The queue brings this job again, but for its last attempt, which was spent on another's photo.
  const newJob = run.lastAttempt;
  await releaseWork(ctx, claim, { step: 'Trying again soon', newJob, waitSeconds });
  if (!newJob) throw error;
}
