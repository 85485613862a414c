import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Context } from '../context.ts';
import type { CredentialRecord } from './manifest.ts';
import { signPhoto } from './sign-photo.ts';

/** Puts Content Credentials into a JPEG on disk. Returns its new SHA-256; null where nobody signs. */
export async function signFile(
  ctx: Context,
  path: string,
  record: () => CredentialRecord,
): Promise<string | null> {
  const { credentials } = ctx;
  if (!credentials) return null;
  if (credentials.validTo < ctx.now()) {
    // A photo without credentials is better than one with credentials that nobody may believe.
    ctx.log.error({ validTo: credentials.validTo }, 'the certificate of C2PA_CERT has expired');
    return null;
  }
  const signed = signPhoto(await readFile(path), record(), credentials);
  await writeFile(path, signed);
  return createHash('sha256').update(signed).digest('hex');
}
