import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { appError } from '../errors/index.ts';

/** What a signature covers, in this order; an absent value is not the same as an empty one. */
export type SignedParams = Readonly<Record<string, string>>;

export interface UrlSigner {
  /** `path` with the parameters, `expires` (Unix seconds) and `signature` as its query. */
  sign(input: { purpose: string; path: string; params: SignedParams; expires: number }): string;
  /** Throws `url_invalid` or `url_expired`; returns the parameters that were signed. */
  verify(input: { purpose: string; path: string; query: URLSearchParams; now: Date }): SignedParams;
}

/**
 * Signs URLs of our own origin with HMAC-SHA-256. The key is derived from the
 * server's secret (HKDF, RFC 5869), so that URLs and sessions never share one.
 *
 * @param label what tells keys of one secret apart
 */
export function createUrlSigner(secret: string, label: string): UrlSigner {
  // A key object: bytes would be turned into one for each signature, which takes longer than the HMAC.
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', label, 32)));

  function mac(purpose: string, path: string, params: URLSearchParams): string {
    return createHmac('sha256', key)
      .update(`${purpose}\n${path}\n${params.toString()}`)
      .digest('base64url');
  }

  return {
    sign({ purpose, path, params, expires }) {
      const query = new URLSearchParams({ ...params, expires: String(expires) });
      query.sort();
      const signature = mac(purpose, path, query);
      return `${path}?${query.toString()}&signature=${signature}`;
    },
    verify({ purpose, path, query, now }) {
      const names = [...query.keys()];
      if (new Set(names).size !== names.length) {
        // Of two values only one would be looked at, so the URL would have forms that nobody signed.
        throw appError('url_invalid', 'A parameter of this URL appears twice.');
      }
      const signed = new URLSearchParams(query);
      const given = Buffer.from(signed.get('signature') ?? '');
      signed.delete('signature');
      signed.sort();
      const expected = Buffer.from(mac(purpose, path, signed));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw appError(
          'url_invalid',
          'The signature of this URL does not match it: use the URL exactly as given.',
        );
      }
      const expires = Number(signed.get('expires'));
      if (!(now.getTime() / 1000 <= expires)) {
        throw appError(
          'url_expired',
          `This URL was valid until ${new Date(expires * 1000).toISOString()}.`,
        );
      }
      return Object.fromEntries(signed);
    },
  };
}
