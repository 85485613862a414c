export { type HealthCheck, type Lifecycle, mountHealth } from './health.ts';
export {
  createKernel,
  createRouter,
  errorBody,
  type HttpApp,
  type KernelEnv,
  type KernelOptions,
} from './kernel.ts';
export { originsOf, refuseForeignOrigins } from './origin.ts';
export { readJson } from './read-json.ts';
export { type NodeHandler, type RunningServer, type ServeOptions, serve } from './server.ts';
