'use client';

import { useSyncExternalStore } from 'react';
import type { PhotoUploader, PhotoUploads } from './upload-desk.ts';

export function useUploadSnapshot(uploader: PhotoUploader): PhotoUploads {
  return useSyncExternalStore(uploader.subscribe, uploader.getSnapshot, uploader.getSnapshot);
}
