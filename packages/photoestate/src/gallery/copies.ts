import type { Db, Tx } from '@repo/foundation/db';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { EnhancementRow } from '../enhancement/table.ts';
import type { Branding } from '../organization/branding.ts';
import type { PhotoRow } from '../photo/table.ts';
import { isLocked } from './internal.ts';
import { isSizeName, type SizeName } from './sizes.ts';
import { type DeliveryCopyRow, type DeliveryRow, deliveryCopy } from './table.ts';

/** What is shown, and all that may be saved, of a photo that is not paid. */
export const PROOF = 'proof';
export const PROOF_WIDTH = 2048;
/** The exposure beside the photo, as it is shown while that is not paid. */
export const PROOF_BEFORE = 'proof-before';

export interface WantedCopy {
  sourceFileId: string;
  kind: SizeName | typeof PROOF | typeof PROOF_BEFORE;
  mark: string;
}

/** What is written across photos that are not paid. */
export function markOf({ senderName }: Pick<Branding, 'senderName'>): string {
  return senderName.trim().slice(0, 40) || 'Preview';
}

interface Prepared {
  delivery: DeliveryRow;
  branding: Pick<Branding, 'senderName'>;
  version: Pick<EnhancementRow, 'resultFileId'>;
  /** The exposure to lay beside it. */
  before: Pick<PhotoRow, 'previewFileId'> | null;
}

/** The copies that a photo of a delivery needs as the delivery is now. */
export function wantedCopies({ delivery, branding, version, before }: Prepared): WantedCopy[] {
  const source = version.resultFileId;
  if (source === null) return [];
  if (!isLocked(delivery)) {
    const sizes = delivery.sizes.filter(isSizeName);
    return sizes.map((kind) => ({ sourceFileId: source, kind, mark: '' }));
  }
  const mark = markOf(branding);
  const exposure = before?.previewFileId ?? null;
  return [
    { sourceFileId: source, kind: PROOF, mark },
    ...(exposure === null ? [] : [{ sourceFileId: exposure, kind: PROOF_BEFORE, mark } as const]),
  ];
}

export const keyOf = ({ sourceFileId, kind, mark }: Omit<WantedCopy, 'kind'> & { kind: string }) =>
  `${sourceFileId} ${kind} ${mark}`;

/** Those that are there, by their key. */
export async function findCopies(
  db: Db | Tx,
  wanted: readonly WantedCopy[],
): Promise<Map<string, DeliveryCopyRow>> {
  const sources = [...new Set(wanted.map(({ sourceFileId }) => sourceFileId))];
  if (sources.length === 0) return new Map();
  const rows = await db
    .select()
    .from(deliveryCopy)
    .where(inArray(deliveryCopy.sourceFileId, sources));
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** Copies of files that are about to go. */
export async function copiesOf(db: Db | Tx, fileIds: readonly (string | null)[]) {
  const ids = fileIds.filter((id) => id !== null);
  if (ids.length === 0) return [];
  return db.select().from(deliveryCopy).where(inArray(deliveryCopy.sourceFileId, ids));
}

/**
 * The proof that shows this, when there is one. After the sender was renamed that is the one with the earlier name,
 * until there is one with the new.
 */
export async function findProof(
  db: Db | Tx,
  { sourceFileId, kind, mark }: WantedCopy,
): Promise<DeliveryCopyRow | undefined> {
  const [row] = await db
    .select()
    .from(deliveryCopy)
    .where(and(eq(deliveryCopy.sourceFileId, sourceFileId), eq(deliveryCopy.kind, kind)))
    .orderBy(desc(eq(deliveryCopy.mark, mark)), desc(deliveryCopy.createdAt))
    .limit(1);
  return row;
}

/** The newest with any name across it, for those of `wanted` of which there is none with the present one. */
export async function findCopiesToSave(
  db: Db | Tx,
  wanted: readonly WantedCopy[],
): Promise<Map<string, DeliveryCopyRow>> {
  const there = await findCopies(db, wanted);
  const newest = [...there.values()].sort((a, b) => +b.createdAt - +a.createdAt);
  for (const want of wanted) {
    if (want.kind !== PROOF || there.has(keyOf(want))) continue;
    const { sourceFileId, kind } = want;
    const earlier = newest.find((row) => row.sourceFileId === sourceFileId && row.kind === kind);
    if (earlier !== undefined) there.set(keyOf(want), earlier);
  }
  return there;
}
