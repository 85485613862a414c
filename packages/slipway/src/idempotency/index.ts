export { answerOnce } from './answer-once.ts';
export { describeEveryCall } from './describe.ts';
