import { handleJob, type JobBinding, type JobDefinition } from '@repo/foundation/jobs';
import type { SlipwayContext } from './context.ts';
import { eraseFileJob, sweepFilesJob } from './file/jobs.ts';
import { eraseProjectJob } from './project/jobs.ts';

export const jobs: readonly JobDefinition[] = [eraseFileJob, sweepFilesJob, eraseProjectJob];

export const jobBindings: readonly JobBinding<SlipwayContext>[] = [
  handleJob(eraseFileJob, async () => (await import('./file/erase.ts')).eraseFile),
  handleJob(sweepFilesJob, async () => {
    const { sweepFiles } = await import('./file/sweep.ts');
    return async (ctx) => {
      await sweepFiles(ctx);
    };
  }),
  handleJob(eraseProjectJob, async () => (await import('./project/erase.ts')).eraseProject),
];
