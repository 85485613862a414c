import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { liveKeys, openSecret, signerOf, signText } from './key-secret.ts';
import type { UploadthingKeyRow } from './table.ts';

/** A request's address as it came: a URL that is read and written again may be spelled otherwise. */
export interface RawAddress {
  /** Path and query. */
  target: string;
  /** `Host`. */
  host: string | undefined;
}

export interface VerifiedUrl {
  key: UploadthingKeyRow;
  signature: string;
  expires: Date;
  query: URLSearchParams;
}

const LONGEST = 8_192;
const invalid = () =>
  slipwayError(
    'url_invalid',
    'The signature of this URL does not match it: use the URL exactly as given.',
  );

/**
 * A URL that an SDK signed with one of the project's keys: `…&signature=hmac-sha256=<hex>` over all of
 * it before. The host is signed, too, but only as the app knows it, so each way to reach us will do.
 *
 * @throws `url_invalid`, `url_expired`.
 */
export async function verifySignedUrl(
  ctx: SlipwayContext,
  call: { projectId: string; address: RawAddress; base: string },
): Promise<VerifiedUrl> {
  const { target, host } = call.address;
  const [path = '', search = ''] = split(target, '?');
  const query = new URLSearchParams(search);
  const cut = target.lastIndexOf('&signature=');
  const signature = query.get('signature') ?? '';
  const names = [...query.keys()];
  // Of two values only one would be looked at. The last one has to be the signature.
  const plain = new Set(names).size === names.length && names.at(-1) === 'signature';
  if (!plain || cut < path.length || target.length > LONGEST) throw invalid();
  const signed = target.slice(0, cut);
  const texts = originsOf(call.base, host).map((origin) => `${origin}${signed}`);
  const keys = await liveKeys(ctx, call.projectId);
  const key = signerOf(ctx, { keys, texts, signature });
  if (key === undefined) throw invalid();
  const expires = new Date(Number(query.get('expires')));
  if (!(ctx.now() <= expires)) {
    const until = Number.isNaN(expires.getTime()) ? 'an unknown time' : expires.toISOString();
    throw slipwayError('url_expired', `This URL was valid until ${until}.`);
  }
  return { key, signature, expires, query };
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

/** The configured address, and the one that was asked, each with and without TLS: a proxy may end it. */
function originsOf(base: string, host: string | undefined): string[] {
  const hosts = [new URL(base).host, ...(host === undefined ? [] : [host.toLowerCase()])];
  return [...new Set(hosts)].flatMap((name) => [`https://${name}`, `http://${name}`]);
}

/** The same as the SDK's `generateSignedURL`. */
export function signUrl(
  ctx: SlipwayContext,
  call: { key: UploadthingKeyRow; url: string; expires: Date; data?: Record<string, string> },
): string {
  const url = new URL(call.url);
  url.searchParams.append('expires', String(call.expires.getTime()));
  for (const [name, value] of Object.entries(call.data ?? {})) {
    url.searchParams.append(name, encodeURIComponent(value));
  }
  url.searchParams.append('signature', signText(openSecret(ctx, call.key), url.href));
  return url.href;
}
