export { answerOnce, type OnceOptions } from './answer-once.ts';
export { claim, keepAnswer } from './claim.ts';
export { describeEveryCall } from './describe.ts';
export { pruneIdempotencyKeysJob } from './jobs.ts';
export { begunOf, type Once } from './once.ts';
export { pruneIdempotencyKeys } from './prune.ts';
export { idempotencyTable } from './table.ts';
