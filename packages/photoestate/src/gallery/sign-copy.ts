import { DELIVERIES } from '@repo/engine';
import type { CredentialRecord } from '../content-credentials/manifest.ts';
import { copyRecord } from '../content-credentials/record-of.ts';
import { roomForCredentials } from '../content-credentials/sign-file.ts';
import type { Context } from '../context.ts';
import type { EnhancementRow } from '../enhancement/table.ts';
import { PROOF, PROOF_BEFORE, PROOF_WIDTH, type WantedCopy } from './copies.ts';

type Wanted = Pick<WantedCopy, 'kind' | 'mark'>;
type Version = Pick<EnhancementRow, 'report' | 'recipe'>;

/** What the Content Credentials of a copy say; null for one that gets none. */
export function recordOfCopy(version: Version, { kind, mark }: Wanted): CredentialRecord | null {
  // An exposure as the camera made it is nothing of ours.
  if (kind === PROOF_BEFORE || kind === 'original') return null;
  const isCut = kind !== PROOF && DELIVERIES[kind].fit === 'cover';
  return copyRecord(version, { isCut, isMarked: mark !== '' });
}

/** How the engine is to make a copy: with room for its Content Credentials, where bytes are counted. */
export function shapeOf(ctx: Context, version: Version, wanted: Wanted) {
  const { kind } = wanted;
  if (kind === 'original') throw new Error('the original is not made');
  if (kind === PROOF || kind === PROOF_BEFORE) {
    return { maxWidth: PROOF_WIDTH, maxHeight: PROOF_WIDTH, quality: 84 };
  }
  const { maxBytes } = DELIVERIES[kind];
  const record = maxBytes === null ? null : recordOfCopy(version, wanted);
  if (maxBytes === null || record === null) return { delivery: kind };
  return { delivery: kind, maxBytes: maxBytes - roomForCredentials(ctx, record) };
}
