// What the bytes cost without a server: hashed, and written and then flushed. Who flushes while the
// rest still arrives, as Slipway does, can be faster than the latter.
import { createHash, randomFillSync } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { scriptInput, scriptResult } from '../child-process.ts';
import { MIB } from '../report.ts';

export interface FloorResult {
  /** Seconds. */
  readonly hash: number;
  readonly disk: number;
}

const { path, size } = scriptInput<{ path: string; size: number }>();
const chunk = randomFillSync(Buffer.allocUnsafe(MIB));
scriptResult({ hash: hashing(), disk: await writing() } satisfies FloorResult);

function hashing(): number {
  const began = performance.now();
  const hash = createHash('sha256');
  for (let done = 0; done < size; done += chunk.length) hash.update(chunk);
  hash.digest();
  return (performance.now() - began) / 1000;
}

async function writing(): Promise<number> {
  const began = performance.now();
  const file = await open(path, 'wx');
  for (let done = 0; done < size; done += chunk.length) await file.write(chunk);
  await file.sync();
  await file.close();
  const seconds = (performance.now() - began) / 1000;
  await rm(path);
  return seconds;
}
