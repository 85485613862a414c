export type { Jsonify } from '../shared/jsonify.ts';
export { formatSize, parseSize, type Size } from '../shared/rules.ts';
export type {
  CompletedFile,
  FileInfo,
  FileMetadata,
  FileStatus,
  JsonObject,
  JsonValue,
  RequestedFile,
  ScanStatus,
  SlipwayFile,
  UploadRules,
  UploadTarget,
  WireError,
} from '../shared/types.ts';
export type { CallOptions } from './call.ts';
export {
  type CallbackState,
  type CallbackTry,
  type CreateUpload,
  createSlipway,
  type DeleteOptions,
  type FileLink,
  type FilePage,
  type FileQuery,
  type LinkOptions,
  type Slipway,
  type UploadCallback,
  type UploadReference,
} from './client.ts';
export type { SlipwayOptions } from './connection.ts';
export type { DownloadOptions } from './download.ts';
export { SlipwayError, type SlipwayErrorOptions, UploadRejected } from './errors.ts';
export type { EventPage, Events, SlipwayEvent } from './events.ts';
export type {
  BulkChange,
  BulkResult,
  FileChange,
  FileKeeping,
  FileVersions,
} from './file-changes.ts';
export {
  createUploadHandler,
  type HandlerErrorContext,
  type UploadHandlerOptions,
} from './handler.ts';
export type { CreateKey, KeyScope, Keys, NewSlipwayKey, SlipwayKey } from './keys.ts';
export type { ImageRules, ProjectRules, RoutePolicy, SlipwayProject } from './project.ts';
export type { RouteRefusal } from './refusals.ts';
export {
  type AnyRoute,
  type AuthorizeContext,
  type CompleteContext,
  type FileContext,
  type FileOptions,
  type KeptMetadata,
  type KeptOf,
  type MetadataOf,
  type Route,
  type Routes,
  route,
  type UnauthorizedRoute,
} from './route.ts';
export type { ImageLimits, MetadataLimits, RequestRules, RouteOptions } from './route-rules.ts';
export type {
  SchemaInput,
  SchemaIssue,
  SchemaOutput,
  SchemaResult,
  StandardSchema,
} from './standard-schema.ts';
export type { UploadOptions, UploadSource } from './upload.ts';
export type { UploadFromUrlOptions } from './upload-from-url.ts';
