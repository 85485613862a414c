export { answerOnce } from './answer-once.ts';
export { describeEveryCall } from './describe.ts';
export { begunOf, type Once } from './once.ts';
