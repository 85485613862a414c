import type { Actor } from '@repo/foundation/context';
import { eq, type SQL } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { type FileRow, file } from './table.ts';

const DAY_MS = 86_400_000;
const TEST_FILE_DAYS = 7;

/** What is made with a test key is for trying out. */
export const isTestActor = (actor: Actor) => actor.type === 'api_key' && actor.isTest;

export const testFileEnds = (announcedAt: Date) =>
  new Date(announcedAt.getTime() + TEST_FILE_DAYS * DAY_MS);

/** @throws `forbidden` for a test key, of what is about live files, or opens the way to them. */
export function refuseTestKey(actor: Actor, what: string): void {
  if (!isTestActor(actor)) return;
  throw slipwayError(
    'forbidden',
    `A test key reaches nothing live: expected a live key for ${what}.`,
  );
}

/** Test keys live in a world of their own: no file of the other one is there for them. */
export const inActorsWorld = (actor: Actor): SQL | undefined =>
  isTestActor(actor) ? eq(file.isTest, true) : undefined;

/** @throws `validation_failed` when a test file is to stay for longer than test files do. */
export function checkTestExpiry(
  row: Pick<FileRow, 'isTest' | 'createdAt'>,
  expiresAt: string | null | undefined,
): void {
  if (!row.isTest || expiresAt === undefined) return;
  const latest = testFileEnds(row.createdAt);
  if (expiresAt !== null && new Date(expiresAt) <= latest) return;
  throw slipwayError(
    'validation_failed',
    `Files of test keys are deleted after ${TEST_FILE_DAYS} days: expected "expiresAt" to be ${latest.toISOString()} at the latest, received ${expiresAt}.`,
  );
}
