export { createRuntime } from './create-runtime.ts';
export { noPagesOnFilesHost } from './delivery/files-host.ts';
export { SlipwayEnv } from './env.ts';
export { API_PATHS, createHttp, errorDocsOf, LONG_PATHS } from './http.ts';
export { exposeToPages, type SlipwayRuntime } from './runtime.ts';
