import { safePath } from '@repo/ui/auth/safe-path';

/** Where to go after signing in: a path on this site, or the dashboard. */
export function safeNextPath(next: string | string[] | null | undefined): string {
  return safePath(next, '/dashboard');
}

export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
