'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Uploader } from 'slipway/client';

export type ProjectUploader = Uploader<undefined, null>;

export const UploaderContext = createContext<ProjectUploader | null>(null);

/** The uploader of the project that is open. */
export function useUploader(): ProjectUploader {
  const uploader = useContext(UploaderContext);
  if (!uploader) throw new Error('useUploader needs Uploads above it');
  return uploader;
}

export function useUploads(uploader: ProjectUploader) {
  const read = () => uploader.getSnapshot();
  return useSyncExternalStore((listener) => uploader.subscribe(listener), read, read);
}
