import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import type { Storage, StoredPart } from '../storage/storage.ts';
import { sizeOfPart } from './part-layout.ts';
import { uploadPart } from './table.ts';
import type { PartsRow } from './upload-session.ts';

export interface PartsState {
  /** Whole parts that are there, and of the digest that was declared for them. */
  parts: StoredPart[];
  /** Numbers of those that are not. */
  missing: number[];
  /** What the client declared, by number. */
  declared: ReadonlyMap<number, string>;
}

/** How far an upload in parts came; null when the storage has no such upload open (any more). */
export async function storedParts(
  ctx: SlipwayContext,
  { row, storage }: { row: PartsRow; storage: Storage },
): Promise<PartsState | null> {
  const declared = await declaredDigests(ctx, row.id);
  const stored =
    row.uploadId === null ? [] : await storage.listParts({ key: row.key, uploadId: row.uploadId });
  if (stored === null) return null;
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts: StoredPart[] = [];
  const missing: number[] = [];
  for (let number = 1; number <= Math.ceil(row.size / row.partSize); number += 1) {
    const part = byNumber.get(number);
    const whole = part?.size === sizeOfPart(number, row);
    const digest = declared.get(number) ?? null;
    const same = digest === null || part?.sha256 === null || part?.sha256 === digest;
    if (part !== undefined && whole && same) parts.push(part);
    else missing.push(number);
  }
  return { parts, missing, declared };
}

export async function declaredDigests(
  ctx: SlipwayContext,
  fileId: string,
): Promise<Map<number, string>> {
  const rows = await ctx.db.select().from(uploadPart).where(eq(uploadPart.fileId, fileId));
  return new Map(rows.map((part) => [part.number, part.sha256]));
}
