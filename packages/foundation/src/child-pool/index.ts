export { answerParent } from './answer-parent.ts';
export { ChildFailure } from './child-failure.ts';
export { type ChildPool, createChildPool } from './create-child-pool.ts';
