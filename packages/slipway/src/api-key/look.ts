import { KEY_ENVIRONMENTS, looksLikeApiKey as looksLike } from '@repo/foundation/api-key';

/** How Slipway's keys look: `sk_live_…`, `sk_test_…`. */
export const KEY_LOOK = { product: 'Slipway', prefix: 'sk', environments: KEY_ENVIRONMENTS };

export const looksLikeApiKey = (key: string): boolean => looksLike(KEY_LOOK, key);
