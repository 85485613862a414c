import { resolve } from 'node:path';
import { Refusal } from './refusal.ts';
import { root } from './root.ts';

/** Read by readSettings below; .env.example is made from it. */
export const STACK_VARIABLES: readonly StackVariable[] = [
  { name: 'SLIPWAY_PORT', fallback: '3000', description: 'Port of Slipway' },
  { name: 'PHOTOESTATE_PORT', fallback: '3001', description: 'Port of PhotoEstate Pro' },
  {
    name: 'HOST',
    fallback: '127.0.0.1',
    description: 'Address that both listen on; 0.0.0.0 for all',
  },
  {
    name: 'DATA_DIR',
    fallback: '.data',
    description: 'Database, files, secrets and logs; back this folder up',
  },
  {
    name: 'DATABASE_URL',
    fallback: '',
    description:
      'A Postgres 15 or newer instead of the embedded one; the databases "slipway" and "photoestate" are made in it',
  },
];

export interface StackVariable {
  readonly name: string;
  readonly fallback: string;
  readonly description: string;
}

export interface Settings {
  readonly host: string;
  readonly slipwayPort: number;
  readonly photoestatePort: number;
  readonly dataDir: string;
  /** Undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
}

type Source = Readonly<Record<string, string | undefined>>;

/** Names every wrong variable at once, so that nobody mends them one start at a time. */
export function readSettings(source: Source): Settings {
  const wrong: string[] = [];
  const port = (name: string, fallback: number): number => {
    const text = source[name] || String(fallback);
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= 65_535) return value;
    wrong.push(`${name} must be a port from 1 to 65535, not "${text}"`);
    return fallback;
  };
  const slipwayPort = port('SLIPWAY_PORT', 3000);
  const photoestatePort = port('PHOTOESTATE_PORT', 3001);
  if (slipwayPort === photoestatePort) {
    wrong.push(`SLIPWAY_PORT and PHOTOESTATE_PORT must differ, both are ${slipwayPort}`);
  }
  const host = source['HOST'] || '127.0.0.1';
  if (!/^[\w.:-]+$/.test(host)) {
    wrong.push(`HOST must be an address such as 127.0.0.1, not "${host}"`);
  }
  const databaseUrl = source['DATABASE_URL'] || undefined;
  if (databaseUrl !== undefined && !isPostgresUrl(databaseUrl)) {
    wrong.push('DATABASE_URL must look like postgres://user:password@host:5432/database');
  }
  wrong.push(...missingCompanions(source));
  if (wrong.length > 0) throw new Refusal(wrong.join('\n'));
  const dataDir = resolve(root, source['DATA_DIR'] || '.data');
  return { host, slipwayPort, photoestatePort, dataDir, databaseUrl };
}

/** What is no use without another variable. */
function missingCompanions(source: Source): string[] {
  const { SLIPWAY_ROLE: role, SLIPWAY_URL: url } = source;
  if ((role !== 'web' && role !== 'worker') || url) return [];
  return [
    `SLIPWAY_ROLE=${role} answers no API, which PhotoEstate Pro needs: set SLIPWAY_URL to the Slipway that does`,
  ];
}

/** Pages of other machines are refused until we know the address they use. */
export function addressHint({ host, slipwayPort, photoestatePort }: Settings, source: Source) {
  // Any other address is one that people can use as it is, or loopback.
  if (!isWildcard(host)) return undefined;
  const missing = [
    ['SLIPWAY_URL', slipwayPort] as const,
    ['PHOTOESTATE_URL', photoestatePort] as const,
  ].filter(([name]) => !source[name]);
  if (missing.length === 0) return undefined;
  const wanted = missing.map(([name, port]) => `${name}=http://<this machine>:${port}`);
  return `HOST is ${host}: people on other machines can sign in only with ${wanted.join(' and ')}.`;
}

function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '';
}

/** Where a person on this machine reaches a server that listens on `host`. */
export function addressOf(host: string, port: number): string {
  if (isWildcard(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';
