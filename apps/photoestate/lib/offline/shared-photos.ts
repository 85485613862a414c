import { LocalTable } from '@repo/ui/local';

/** A photo that another app shared, put here by the service worker (public/service-worker.js). */
export interface SharedPhoto {
  id: string;
  file: File;
}

export const sharedPhotos = new LocalTable<SharedPhoto>('shared-photos');
