export { admitKey, countCall } from './admit-key.ts';
export { ProjectLimits } from './project-limits.ts';
