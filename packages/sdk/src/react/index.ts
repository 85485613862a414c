'use client';

export { UploadError } from '../client/errors.ts';
export type { Uploader, UploadItem, UploadSnapshot, UploadState } from '../client/uploader.ts';
export { ENGLISH } from '../ui/english.ts';
export type { Labels } from '../ui/labels.ts';
export type { Appearance, Part } from './appearance.ts';
export { createUploadComponents, type UploadComponents } from './create-upload-components.tsx';
export type {
  InputProp,
  PresentationProps,
  RouteData,
  RouteInput,
  RouteName,
  UploadControls,
  UploadDefaults,
  UploadProps,
  UseUploadOptions,
} from './types.ts';
export { UploadButton } from './upload-button.tsx';
export { UploadDropzone } from './upload-dropzone.tsx';
export { useUpload } from './use-upload.ts';
