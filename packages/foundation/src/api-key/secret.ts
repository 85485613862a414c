import { createHash } from 'node:crypto';
import { randomToken } from '../ids/index.ts';
import type { KeyHome } from './home.ts';
import type { KeyEnvironment } from './table.ts';

const LENGTH = 32;

type Look = Pick<KeyHome, 'prefix' | 'environments'>;

export const keyPrefix = ({ prefix }: Pick<Look, 'prefix'>, environment: KeyEnvironment) =>
  `${prefix}_${environment}_`;

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function looksLikeApiKey(home: Look, key: string): boolean {
  const start = home.environments
    .map((environment) => keyPrefix(home, environment))
    .find((prefix) => key.startsWith(prefix));
  return start !== undefined && /^[0-9A-Za-z]{32}$/.test(key.slice(start.length));
}

/** How its keys begin, in words: `sk_live_ or sk_test_`. */
export function keyPrefixes(home: Look): string {
  return home.environments.map((environment) => keyPrefix(home, environment)).join(' or ');
}

export function newApiKey(home: Look, environment: KeyEnvironment): string {
  return `${keyPrefix(home, environment)}${randomToken(LENGTH)}`;
}
