import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const keys = new Map<string, Buffer>();

interface Seal {
  secret: string;
  sealedAs: string;
}

function keyOf({ secret, sealedAs }: Seal): Buffer {
  const name = `${sealedAs}\n${secret}`;
  let key = keys.get(name);
  if (key === undefined) {
    key = Buffer.from(hkdfSync('sha256', secret, '', sealedAs, 32));
    keys.set(name, key);
  }
  return key;
}

/** An answer may hold a secret that is shown once: nobody reads it in the database. Bound to its row. */
export function sealAnswer(by: Seal, { body, row }: { body: string; row: string }): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(by), nonce).setAAD(Buffer.from(row));
  const sealed = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Null when it was sealed with another secret, or is no longer what was sealed. */
export function openAnswer(
  by: Seal,
  { sealed, row }: { sealed: string; row: string },
): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', keyOf(by), nonce, {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(row))
      .setAuthTag(tag);
    const rest = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(rest), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
