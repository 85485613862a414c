import type { StoredPart } from './storage.ts';

/** Some servers would put a part that is named twice into the object twice. */
export function requireOrder(parts: StoredPart[]): void {
  const wrong = parts.find(({ number }, index) => number <= (parts[index - 1]?.number ?? 0));
  if (wrong === undefined) return;
  throw new Error(`expected each part once, in order; part ${wrong.number} comes out of it`);
}
