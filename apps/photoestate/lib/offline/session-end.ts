import { LocalTable } from '@repo/ui/local';
import { sharedPhotos } from './shared-photos.ts';

const userKey = 'photoestate-user';
const edits = new LocalTable<{ id: string; owner: string }>('queued-edits');
const uploads = new LocalTable<{ id: string; owner: string }>('kept-uploads');
const uploadFiles = new LocalTable<{ id: string }>('kept-uploads-files');

/** Remembers whose browser this is, for the page that is shown without a connection. */
export function rememberUser(userId: string): void {
  try {
    localStorage.setItem(userKey, userId);
  } catch {
    // Private windows forget it.
  }
}

/** What would be lost by signing out now. */
export async function countUnsent(userId: string): Promise<{ edits: number; uploads: number }> {
  const mine = async (rows: typeof edits) =>
    (await rows.all().catch(() => [])).filter(({ owner }) => owner === userId).length;
  const [changes, photos] = await Promise.all([mine(edits), mine(uploads)]);
  return { edits: changes, uploads: photos };
}

/** Leaves nothing of anybody in this browser; the service worker keeps nothing that is somebody's. */
export async function forgetEverything(): Promise<void> {
  await Promise.allSettled([
    edits.clear(),
    uploads.clear(),
    uploadFiles.clear(),
    sharedPhotos.clear(),
  ]);
  for (const name of [userKey, 'slipway-uploads']) localStorage.removeItem(name);
}
