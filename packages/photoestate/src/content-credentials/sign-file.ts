import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Context } from '../context.ts';
import type { CredentialRecord } from './manifest.ts';
import { credentialsOf, signPhoto } from './sign-photo.ts';
import type { ContentSigner } from './signer.ts';

/** A file with Content Credentials. */
export interface SignedFile {
  sha256: string;
  bytes: number;
  /** Whom the certificate names. */
  by: string;
}

/** Puts Content Credentials into a JPEG on disk; null where nobody signs. */
export async function signFile(
  ctx: Context,
  path: string,
  record: () => CredentialRecord,
): Promise<SignedFile | null> {
  const signer = signerOf(ctx);
  if (signer === null) return null;
  const signed = signPhoto(await readFile(path), record(), signer);
  await writeFile(path, signed);
  const sha256 = createHash('sha256').update(signed).digest('hex');
  return { sha256, bytes: signed.length, by: signer.name };
}

/** Numbers in a manifest grow with the file that it is in, by a few bytes each. */
const SPARE = 64;

/** How much longer a file gets by being signed, at most. */
export function roomForCredentials(ctx: Signing, record: CredentialRecord): number {
  const signer = signerOf(ctx);
  if (signer === null) return 0;
  const nowhere = { start: 0, hash: new Uint8Array(32) };
  return credentialsOf(record, nowhere, signer).length + SPARE;
}

type Signing = Pick<Context, 'credentials' | 'log' | 'now'>;

function signerOf({ credentials, log, now }: Signing): ContentSigner | null {
  if (!credentials) return null;
  if (credentials.validTo >= now()) return credentials;
  // A photo without credentials is better than one with credentials that nobody may believe.
  log.error({ validTo: credentials.validTo }, 'the certificate of C2PA_CERT has expired');
  return null;
}
