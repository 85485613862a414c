export { createRuntime } from './create-runtime.ts';
export { SlipwayEnv } from './env.ts';
export { API_PATHS, createHttp } from './http.ts';
export { exposeToPages, type SlipwayRuntime } from './runtime.ts';
