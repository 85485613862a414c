export { type DemoWorkspace, seedDemo } from './demo.ts';
export { SeedEnv } from './env.ts';
export { seedPhotoestate } from './photoestate.ts';
