import { getSlipwayRuntime } from '@repo/slipway/runtime';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { signInPath } from './next-path.ts';

/** Asked once a request, however many layouts and pages want to know. */
export const getSession = cache(async () => {
  // First of all: it tells the build that this page cannot be made before there is a request.
  const requestHeaders = await headers();
  return getSlipwayRuntime().getSession(requestHeaders);
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
  return session !== null && getSlipwayRuntime().isInstallationAdmin(session);
});

/** What a kind of mail is called. */
export const noticeName = (kind: string): string => getSlipwayRuntime().noticeName(kind);

/** The address under which this server is reached, without a slash at its end. */
export function publicUrl(): string {
  return getSlipwayRuntime().publicUrl;
}

/** Whether this server has a virus scanner set up; not whether it answers right now. */
export function hasScanner(): boolean {
  return getSlipwayRuntime().hasScanner;
}

/** Whether visitors of the front page may try an upload here. */
export function hasDemo(): boolean {
  return getSlipwayRuntime().hasDemo;
}
