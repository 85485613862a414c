import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import type { Engine, ScanResult } from './scanner.ts';
import { scanVerdict } from './table.ts';

export type KnownVerdict = Pick<ScanResult, 'verdict' | 'signature'>;

/** What this scanner, with this database, said of the same bytes before. */
export async function knownVerdict(
  ctx: SlipwayContext,
  { sha256, engine }: { sha256: string; engine: Engine },
): Promise<KnownVerdict | undefined> {
  if (!engine.namesDatabase) return undefined;
  const [known] = await ctx.db
    .select({ verdict: scanVerdict.verdict, signature: scanVerdict.signature })
    .from(scanVerdict)
    .where(and(eq(scanVerdict.sha256, sha256), eq(scanVerdict.engine, engine.name)));
  return known;
}

/** `engine` as it was before the scan: had its database changed in between, it will be asked again. */
export async function recordVerdict(
  ctx: SlipwayContext,
  { scanned, engine }: { scanned: ScanResult; engine: Engine },
): Promise<void> {
  const { sha256, verdict, signature } = scanned;
  const said = { verdict, signature, engine: engine.name, scannedAt: ctx.now() };
  await ctx.db
    .insert(scanVerdict)
    .values({ sha256, ...said })
    .onConflictDoUpdate({ target: scanVerdict.sha256, set: said });
}
