export { createRuntime } from './create-runtime.ts';
export { noPagesOnFilesHost } from './delivery/files-host.ts';
export { SlipwayEnv } from './env.ts';
export type { FileView, RequestUpload } from './file/schema.ts';
export { API_PATHS, createHttp, errorDocsOf, LONG_PATHS } from './http.ts';
export type { ProjectView } from './project/schema.ts';
export { exposeToPages, type SlipwayRuntime } from './runtime.ts';
