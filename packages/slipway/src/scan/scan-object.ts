import { Readable } from 'node:stream';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { chunksOf } from '../file/read-object.ts';
import type { FileRow } from '../file/table.ts';
import type { ProjectRules } from '../project/schema.ts';
import type { Storage } from '../storage/storage.ts';
import { forgetFailedScans, noteFailedScan } from './attempts.ts';
import type { Scanner, ScanResult } from './scanner.ts';
import { ScannerError } from './scanner-error.ts';
import { knownVerdict, recordVerdict } from './verdicts.ts';

export type ScanOutcome =
  | { scan: 'not_scanned' }
  /** `sha256` is that of the bytes that were scanned just now; null when their digest was known. */
  | { scan: 'clean'; sha256: string | null }
  | { scan: 'infected'; signature: string }
  /** The policy wants a verdict and there is none yet. */
  | { scan: 'pending' }
  /** The policy wants a verdict and there will be none. */
  | { scan: 'impossible'; message: string };

interface Scannable {
  row: FileRow;
  policy: ProjectRules['scan'];
  storage: Storage;
  /** The object's digest, when it is known already. */
  sha256: string | null;
}

/** What those watch for who are to be woken. Stable. */
const ALERT = 'no verdict of the scanner: a file that needs one waits';

/** The verdict that the project's policy asks for, bound to the digest of the bytes. */
export async function scanObject(ctx: SlipwayContext, input: Scannable): Promise<ScanOutcome> {
  const { row, policy } = input;
  if (policy === 'off') return { scan: 'not_scanned' };
  if (ctx.scanner === null) {
    if (policy === 'when_available') return { scan: 'not_scanned' };
    ctx.log.error({ fileId: row.id, fault: 'not_configured' }, ALERT);
    return { scan: 'pending' };
  }
  try {
    return await askScanner(ctx, { ...input, scanner: ctx.scanner });
  } catch (error) {
    if (!(error instanceof ScannerError)) throw error;
    return withoutVerdict(ctx, { row, policy, error });
  }
}

async function askScanner(
  ctx: SlipwayContext,
  { row, storage, sha256, scanner }: Scannable & { scanner: Scanner },
): Promise<ScanOutcome> {
  if (row.size > scanner.maxBytes) {
    throw new ScannerError('too_large', `The scanner is asked about ${scanner.maxBytes} bytes.`);
  }
  const engine = await scanner.engine();
  const known = sha256 === null ? undefined : await knownVerdict(ctx, { sha256, engine });
  if (known !== undefined) return outcomeOf(known, null);
  const scanned = await scanner.scan(async () =>
    Readable.from(chunksOf(storage, row), { objectMode: false }),
  );
  requireSameBytes(scanned, { size: row.size, sha256 });
  await recordVerdict(ctx, { scanned, engine });
  if (row.scan === 'pending') await forgetFailedScans(ctx, { fileId: row.id });
  return outcomeOf(scanned, scanned.sha256);
}

/** A verdict about other bytes is none about these. */
function requireSameBytes(
  scanned: ScanResult,
  expected: { size: number; sha256: string | null },
): void {
  const same = expected.sha256 === null || expected.sha256 === scanned.sha256;
  if (same && expected.size === scanned.bytes) return;
  throw slipwayError(
    'storage_unavailable',
    'The storage gave the scanner other bytes than it gave us; complete again.',
    { retryAfter: 2 },
  );
}

function outcomeOf(
  { verdict, signature }: Pick<ScanResult, 'verdict' | 'signature'>,
  sha256: string | null,
): ScanOutcome {
  if (verdict === 'clean') return { scan: 'clean', sha256 };
  return { scan: 'infected', signature: signature ?? 'malware' };
}

/** Fails closed: without a verdict a file that needs one waits, or is refused when none can come. */
async function withoutVerdict(
  ctx: SlipwayContext,
  { row, policy, error }: { row: FileRow; policy: ProjectRules['scan']; error: ScannerError },
): Promise<ScanOutcome> {
  const about = { err: error, fault: error.fault, fileId: row.id };
  if (policy === 'when_available') {
    ctx.log.warn(about, 'no verdict of the scanner: a file stays unscanned');
    return { scan: 'not_scanned' };
  }
  ctx.log.error(about, ALERT);
  switch (error.fault) {
    case 'unreachable':
    case 'busy':
      return { scan: 'pending' };
    case 'too_large':
    case 'not_examined':
      return { scan: 'impossible', message: `No scanner can look at all of it: ${error.message}` };
    case 'timed_out':
    case 'closed_early':
    case 'unexpected_answer': {
      const { givenUp } = await noteFailedScan(ctx, { fileId: row.id });
      if (!givenUp) return { scan: 'pending' };
      return { scan: 'impossible', message: `The scanner gave no verdict: ${error.message}` };
    }
  }
}
