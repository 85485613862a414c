import { forgetRefused, LocalTable, refusedOf } from '@repo/ui/local';
import { countKept, forgetKept } from '@repo/ui/uploads';
import { counted } from '../listing-status.ts';
import { sharedPhotos } from './shared-photos.ts';

const userKey = 'photoestate-user';
const edits = new LocalTable<{ id: string; owner: string }>('queued-edits');

/** Remembers whose browser this is, for the page that is shown without a connection. */
export function rememberUser(userId: string): void {
  try {
    localStorage.setItem(userKey, userId);
  } catch {
    // Private windows forget it.
  }
}

/** What would be lost by signing out now. */
export async function unsentOf(userId: string): Promise<string[]> {
  const rows = await edits.all().catch(() => []);
  const changes = rows.filter(({ owner }) => owner === userId).length;
  const refused = (await refusedOf(userId).catch(() => [])).length;
  const photos = await countKept(userId);
  return [
    photos > 0 ? `${counted(photos, 'photo')} not uploaded` : '',
    changes > 0 ? `${counted(changes, 'change')} not sent` : '',
    refused > 0 ? `${counted(refused, 'change')} that the server did not make` : '',
  ].filter(Boolean);
}

/** Leaves nothing of anybody in this browser; the service worker keeps nothing that is somebody's. */
export async function forgetEverything(): Promise<void> {
  await Promise.allSettled([edits.clear(), forgetRefused(), forgetKept(), sharedPhotos.clear()]);
  localStorage.removeItem(userKey);
}
