'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Uploader } from 'slipway/client';
import type { UploadPlace } from '../../lib/uploads/transport.ts';

export type ProjectUploader = Uploader<UploadPlace, null>;

/** Asks the person for files, and uploads them to the project that is open. */
export const ChooserContext = createContext<(() => void) | null>(null);

export function useChooseFiles(): () => void {
  const choose = useContext(ChooserContext);
  if (!choose) throw new Error('useChooseFiles needs Uploads above it');
  return choose;
}

export function useUploads(uploader: ProjectUploader) {
  const read = () => uploader.getSnapshot();
  return useSyncExternalStore((listener) => uploader.subscribe(listener), read, read);
}
