import type { ApiKey } from '../../lib/trpc.ts';

type Scope = ApiKey['scopes'][number];

export const SCOPES: readonly { scope: Scope; label: string; allows: string }[] = [
  {
    scope: 'upload',
    label: 'Upload',
    allows: 'Ask for upload URLs and upload tokens, and complete uploads',
  },
  { scope: 'read', label: 'Read', allows: 'List files, read them and make their URLs; read usage' },
  { scope: 'delete', label: 'Delete', allows: 'Delete files' },
  {
    scope: 'admin',
    label: 'Full access',
    allows: 'Everything in this project: files, keys, webhooks and settings',
  },
];

export function scopeWords(scopes: readonly Scope[]): string {
  if (scopes.includes('admin')) return 'Full access';
  return SCOPES.filter(({ scope }) => scopes.includes(scope))
    .map(({ label }) => label)
    .join(', ');
}

/** What somebody who finds the key can do with it. */
export function powerOf(scopes: readonly Scope[]): string {
  if (scopes.includes('admin')) return 'do everything in this project';
  const verbs = SCOPES.filter(({ scope }) => scopes.includes(scope)).map(({ scope }) => scope);
  const last = verbs.pop() ?? 'read';
  return `${verbs.length > 0 ? `${verbs.join(', ')} and ` : ''}${last} this project’s files`;
}

/** The two variables that the SDK and the CLI read, as lines of a `.env` file. */
export const envLines = ({ url, secret }: { url: string; secret: string }) =>
  `SLIPWAY_URL=${url}\nSLIPWAY_API_KEY=${secret}\n`;
