import type { event } from '../event/table.ts';

/** Standard Webhooks wants less than 20 kB. */
const MOST_BYTES = 20_000;

/** What is sent of an event: the same bytes at every try. */
export function payloadOf({ type, createdAt, data }: typeof event.$inferSelect): string {
  const write = (fitting: Record<string, unknown>) =>
    JSON.stringify({
      type,
      timestamp: createdAt.toISOString(),
      ...(isOfTestFile(data) && { test: true }),
      data: fitting,
    });
  const whole = write(data);
  return Buffer.byteLength(whole) < MOST_BYTES ? whole : write(withoutMetadata(data));
}

/** Said first and plainly, for receivers that only look at what is live. */
export function isOfTestFile({ file }: Record<string, unknown>): boolean {
  return typeof file === 'object' && file !== null && 'test' in file && file.test === true;
}

/** The one thing in an event that can be large; the receiver may ask for the file. */
function withoutMetadata({ file, ...data }: Record<string, unknown>): Record<string, unknown> {
  if (typeof file !== 'object' || file === null) return { ...data, truncated: true };
  return { ...data, file: { ...file, metadata: {} }, truncated: true };
}
