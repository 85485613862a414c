import { createKeyVerifier } from '@repo/foundation/api-key';
import { preparedOn } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { KEYS } from './keys.ts';
import { apiKey } from './table.ts';

const keysByHash = preparedOn((db) =>
  db
    .select({ key: apiKey })
    .from(apiKey)
    .where(sql`${apiKey.hash} = any(${sql.placeholder('hashes')})`)
    .prepare('api_keys_by_hash'),
);

/** The key behind an `Authorization: Bearer pk_live_…` header. @throws `api_key_missing`, `api_key_invalid`. */
export const verifyApiKey = createKeyVerifier(
  KEYS,
  (db) => (hashes) => keysByHash(db).execute({ hashes: [...hashes] }),
);
