import { getPhotoestateRuntime } from '@repo/photoestate/runtime';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { signInPath } from './next-path.ts';

/** Asked once a request, however many layouts and pages want to know. */
export const getSession = cache(async () => {
  // First, because it also tells Next that the page cannot be made at build time, when nothing runs.
  const asked = await headers();
  return getPhotoestateRuntime().getSession(asked);
});

/** For pages of signed-in people: sends everybody else to sign in, and back to `path` after. */
export async function requireSession(path: string) {
  const session = await getSession();
  if (!session) redirect(signInPath(path));
  return session;
}

/** Whether the signed-in person may look after the whole installation. */
export const isInstallationAdmin = cache(async () => {
  const session = await getSession();
  return session !== null && getPhotoestateRuntime().isInstallationAdmin(session);
});

/** Where the signed-in person begins. */
export const findHome = cache(async () => {
  const session = await getSession();
  if (!session) return '/listings';
  return `/${await getPhotoestateRuntime().findHome(session)}`;
});

/** What a kind of mail is called. */
export const noticeName = (kind: string): string => getPhotoestateRuntime().noticeName(kind);
