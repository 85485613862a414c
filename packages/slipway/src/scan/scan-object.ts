import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import type { ProjectRules } from '../project/schema.ts';
import type { Storage } from '../storage/storage.ts';

export interface ScanOutcome {
  /** `pending`: the policy wants a verdict and there is none yet. */
  scan: FileRow['scan'];
  /** The name of what was found. */
  signature: string | null;
  /** Of the bytes that were scanned just now; null when none were. */
  sha256: string | null;
}

const NOT_SCANNED: ScanOutcome = { scan: 'not_scanned', signature: null, sha256: null };

/**
 * The verdict that the project's policy asks for, bound to the digest of the bytes. `sha256` is the
 * object's digest, when it is known already.
 */
export async function scanObject(
  ctx: SlipwayContext,
  input: {
    row: FileRow;
    policy: ProjectRules['scan'];
    storage: Storage;
    sha256: string | null;
  },
): Promise<ScanOutcome> {
  if (input.policy === 'off') return NOT_SCANNED;
  if (ctx.scanner === null)
    return input.policy === 'required' ? { ...NOT_SCANNED, scan: 'pending' } : NOT_SCANNED;
  return NOT_SCANNED;
}
