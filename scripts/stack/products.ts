import { join } from 'node:path';
import type { Secrets } from './data-folder.ts';
import type { Database } from './database.ts';
import type { Addresses } from './demo.ts';
import type { Settings } from './settings.ts';

export type Mode = 'production' | 'development';

export interface Product {
  /** Folder below apps/, database and log name. */
  readonly app: 'slipway' | 'photoestate';
  readonly title: string;
  readonly url: string;
  /** By its role. */
  readonly hasPages: boolean;
  readonly env: NodeJS.ProcessEnv;
}

export interface Products {
  readonly slipway: Product;
  readonly photoestate: Product;
}

export interface ProductParts {
  readonly settings: Settings;
  readonly mode: Mode;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly urls: Addresses;
  /** Of the demo project, where there is one. */
  readonly demoKey?: string | undefined;
}

/** What the caller set wins, except where the supervisor alone knows: databases, folders, ports. */
export function describeProducts(parts: ProductParts): Products {
  const { settings, database, secrets, urls } = parts;
  const given = process.env;
  const common = {
    ...given,
    NODE_ENV: parts.mode,
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: settings.host,
    SLIPWAY_URL: given['SLIPWAY_URL'] || urls.slipway,
  };
  const slipwayRole = given['SLIPWAY_ROLE'] || 'all';
  const photoestateRole = given['PHOTOESTATE_ROLE'] || 'all';
  const slipway: Product = {
    app: 'slipway',
    title: 'Slipway',
    url: urls.slipway,
    hasPages: hasPages(slipwayRole),
    env: {
      ...common,
      DATABASE_URL: database.url('slipway'),
      DATA_DIR: join(settings.dataDir, 'slipway'),
      SLIPWAY_PORT: String(settings.slipwayPort),
      SLIPWAY_ROLE: slipwayRole,
      SLIPWAY_SECRET: given['SLIPWAY_SECRET'] || secrets.slipwaySecret,
      ENCRYPTION_KEYS: given['ENCRYPTION_KEYS'] || secrets.encryptionKeys,
      ALLOW_PRIVATE_STORAGE:
        given['ALLOW_PRIVATE_STORAGE'] || String(isForThisMachine(parts, given)),
      ALLOW_PRIVATE_TARGETS:
        given['ALLOW_PRIVATE_TARGETS'] ||
        (isForThisMachine(parts, given) ? '127.0.0.0/8,::1/128' : 'none'),
      DEMO_API_KEY:
        given['DEMO_API_KEY'] || (isForThisMachine(parts, given) ? parts.demoKey : undefined),
    },
  };
  const photoestate: Product = {
    app: 'photoestate',
    title: 'PhotoEstate Pro',
    url: urls.photoestate,
    hasPages: hasPages(photoestateRole),
    env: {
      ...common,
      DATABASE_URL: database.url('photoestate'),
      DATA_DIR: join(settings.dataDir, 'photoestate'),
      PHOTOESTATE_PORT: String(settings.photoestatePort),
      PHOTOESTATE_ROLE: photoestateRole,
      PHOTOESTATE_SECRET: given['PHOTOESTATE_SECRET'] || secrets.photoestateSecret,
      PHOTOESTATE_URL: given['PHOTOESTATE_URL'] || urls.photoestate,
      SLIPWAY_API_KEY: given['SLIPWAY_API_KEY'] || secrets.photoestateApiKey,
      ENCRYPTION_KEYS: given['ENCRYPTION_KEYS'] || secrets.encryptionKeys,
      ALLOW_PRIVATE_TARGETS:
        given['ALLOW_PRIVATE_TARGETS'] ||
        (isForThisMachine(parts, given) && !given['PHOTOESTATE_URL']
          ? '127.0.0.0/8,::1/128'
          : 'none'),
    },
  };
  return { slipway, photoestate };
}

/**
 * Whoever signs in sits at this machine, and reaches the MinIO beside us anyway. As soon as others are
 * let in, by another HOST or by a proxy whose address is told, buckets have to be on the public internet.
 */
function isForThisMachine(
  { settings }: Pick<ProductParts, 'settings'>,
  given: Readonly<Record<string, string | undefined>>,
): boolean {
  return ['127.0.0.1', '::1', 'localhost'].includes(settings.host) && !given['SLIPWAY_URL'];
}

const hasPages = (role: string): boolean => role === 'all' || role === 'web';
