export { admitKey, countCall } from './admit-key.ts';
export { ProjectLimits, Rate, rateVariable } from './rate.ts';
