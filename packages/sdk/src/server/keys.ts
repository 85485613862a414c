import type { Caller, CallOptions } from './call.ts';

/** What a key may do in its project. */
export type KeyScope = 'upload' | 'read' | 'delete' | 'admin';

/** What may be shown of an API key. */
export interface SlipwayKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly last4: string;
  readonly environment: 'live' | 'test';
  readonly scopes: readonly KeyScope[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
  /** The id of its successor; both work until `expiresAt`. */
  readonly rolledTo: string | null;
}

/** A new key. `key` is in this answer and nowhere else. */
export interface NewSlipwayKey extends SlipwayKey {
  readonly key: string;
}

/** What a new key is to be. */
export interface CreateKey {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly environment?: 'live' | 'test' | undefined;
  readonly expiresAt?: Date | string | null | undefined;
}

/** The project's API keys, for a key of the scope `admin`. */
export interface Keys {
  list(options?: CallOptions): Promise<{ readonly data: readonly SlipwayKey[] }>;
  create(input: CreateKey, options?: CallOptions): Promise<NewSlipwayKey>;
  /** A successor; the old key works beside it for so many hours. */
  roll(
    id: string,
    input: { readonly overlapHours: 0 | 1 | 24 | 168 },
    options?: CallOptions,
  ): Promise<NewSlipwayKey>;
  revoke(id: string, options?: CallOptions): Promise<void>;
}

export function createKeys(call: Caller): Keys {
  const one = (id: string) => `keys/${encodeURIComponent(id)}`;
  return {
    list: (more) => call({ ...more, method: 'GET', path: 'keys' }),
    create: (input, more) => call({ ...more, method: 'POST', path: 'keys', body: input }),
    roll: (id, input, more) =>
      call({ ...more, method: 'POST', path: `${one(id)}/roll`, body: input }),
    revoke: (id, more) => call({ ...more, method: 'DELETE', path: one(id) }),
  };
}
