import type { FileInfo, JsonValue, UploadTarget } from '../shared/types.ts';

/** What a token vouches for. */
export interface TokenClaims {
  readonly id: string;
  readonly route: string;
  /** The name the browser gave; the file may be kept under another. */
  readonly name: string;
  readonly metadata: JsonValue;
  readonly input: JsonValue | undefined;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** The upload may be gone on with: where it goes, and what it is of. */
  readonly resumable?: { readonly upload: UploadTarget; readonly file: FileInfo } | undefined;
}

/** Why a token is not believed. */
export type TokenProblem = 'token_invalid' | 'token_expired';

const PURPOSE = 'slipway upload token 1';
const encoder = new TextEncoder();

/** A signing key that serves this purpose only, derived from a secret. */
export async function deriveTokenKey(secret: string): Promise<CryptoKey> {
  const root = await importKey(encoder.encode(secret));
  return importKey(await crypto.subtle.sign('HMAC', root, encoder.encode(PURPOSE)));
}

/** What Slipway signs its callbacks with: derived like the tokens' key, and good for nothing else. */
export async function deriveCallbackSecret(secret: string): Promise<Uint8Array<ArrayBuffer>> {
  const root = await importKey(encoder.encode(secret));
  return new Uint8Array(
    await crypto.subtle.sign('HMAC', root, encoder.encode('slipway callback secret 1')),
  );
}

/** Claims and their signature as one text. The claims can be read by anyone, and changed by no one. */
export async function signToken(key: CryptoKey, claims: TokenClaims): Promise<string> {
  const body = encodeBase64(encoder.encode(JSON.stringify(claims)));
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(body));
  return `${body}.${encodeBase64(new Uint8Array(signature))}`;
}

/** The claims of a token that was signed with this key and has not expired. */
export async function verifyToken(
  key: CryptoKey,
  token: string,
): Promise<TokenClaims | TokenProblem> {
  const [body = '', signature = '', ...rest] = token.split('.');
  const bytes = decodeBase64(signature);
  if (
    rest.length > 0 ||
    !bytes ||
    !(await crypto.subtle.verify('HMAC', key, bytes, encoder.encode(body)))
  ) {
    return 'token_invalid';
  }
  const claims = JSON.parse(
    new TextDecoder().decode(decodeBase64(body) ?? undefined),
  ) as TokenClaims;
  return claims.expires > Date.now() ? claims : 'token_expired';
}

/** A key for HMAC-SHA-256. */
export function importKey(bytes: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
}

function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Of either alphabet, without padding; null for what is none. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w+/-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
  } catch {
    return null;
  }
}
