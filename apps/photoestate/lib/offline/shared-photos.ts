import { type Claimable, LocalTable } from '@repo/ui/local';

/**
 * A photo that another app shared, put here by the service worker (public/service-worker.js), which does not know whose
 * browser this is.
 */
export interface SharedPhoto extends Claimable {
  file: File;
}

export const sharedPhotos = new LocalTable<SharedPhoto>('shared-photos');
