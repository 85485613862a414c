export { createRuntime } from './create-runtime.ts';
export { PhotoestateEnv } from './env.ts';
export { exposeToPages } from './expose-to-pages.ts';
export { API_PATHS, createHttp } from './http.ts';
export type { PhotoestateRuntime } from './runtime.ts';
