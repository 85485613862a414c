import { readFileSync } from 'node:fs';
import { ConfigError } from '@repo/foundation/config';
import { type ContentSigner, openContentSigner } from './signer.ts';

/**
 * The signer that the configuration names; null where it names none.
 * @throws `ConfigError` for one of the two alone, and for what cannot sign
 */
export function openCredentials({
  C2PA_CERT: certificates,
  C2PA_KEY: key,
}: {
  C2PA_CERT?: string | undefined;
  C2PA_KEY?: string | undefined;
}): ContentSigner | null {
  if (certificates === undefined && key === undefined) return null;
  if (certificates === undefined || key === undefined) {
    throw new ConfigError('C2PA_CERT and C2PA_KEY belong together: only one of them is set');
  }
  return open({ C2PA_CERT: certificates, C2PA_KEY: key });
}

function open(paths: { C2PA_CERT: string; C2PA_KEY: string }): ContentSigner {
  const pem = { certificates: read('C2PA_CERT', paths), key: read('C2PA_KEY', paths) };
  try {
    return openContentSigner(pem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not to be read';
    throw new ConfigError(`C2PA_CERT or C2PA_KEY is wrong: ${reason}`);
  }
}

function read<N extends string>(name: N, paths: Readonly<Record<N, string>>): string {
  try {
    return readFileSync(paths[name], 'utf8');
  } catch {
    throw new ConfigError(`${name} is wrong: expected a PEM file that can be read`);
  }
}
