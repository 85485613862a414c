export {
  defineJob,
  handleJob,
  type JobBinding,
  type JobDefinition,
  type JobHandler,
  type JobRun,
  verifyBindings,
} from './define-job.ts';
export { type EnqueueOptions, type Queue, type QueueOptions, startQueue } from './queue.ts';
