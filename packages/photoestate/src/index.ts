export { createRuntime } from './create-runtime.ts';
export { PhotoestateEnv } from './env.ts';
export { API_PATHS, createHttp } from './http.ts';
export { exposeToPages, type PhotoestateRuntime } from './runtime.ts';
