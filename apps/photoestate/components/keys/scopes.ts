import type { ApiKey } from '../../lib/trpc.ts';

export type Scope = ApiKey['scopes'][number];

export const SCOPES: readonly { scope: Scope; label: string; allows: string }[] = [
  { scope: 'read', label: 'Read', allows: 'Listings, photos, results and credits' },
  { scope: 'write', label: 'Write', allows: 'Change listings, upload, sort and delete photos' },
  { scope: 'enhance', label: 'Enhance', allows: 'Start, cancel and retry work; it spends credits' },
  { scope: 'admin', label: 'Full access', allows: 'All of these, and webhooks' },
];

export function scopeWords(scopes: readonly Scope[]): string {
  if (scopes.includes('admin')) return 'Full access';
  return SCOPES.filter(({ scope }) => scopes.includes(scope))
    .map(({ label }) => label)
    .join(', ');
}
