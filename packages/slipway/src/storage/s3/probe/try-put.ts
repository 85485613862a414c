import { createHash } from 'node:crypto';
import type { SignUpload, Storage } from '../../storage.ts';
import { describe } from './answer.ts';
import { type Bench, PROBE_TYPE } from './bench.ts';
import { type Finding, holds, no, someBytes, trying, yes } from './finding.ts';

const WRITERS = 8;

export function signFor(storage: Storage, change: Pick<SignUpload, 'key'> & Partial<SignUpload>) {
  return storage.signUpload({ size: 64, type: PROBE_TYPE, expiresInSeconds: 300, ...change });
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A plain upload by a signed URL: without it nothing else is worth trying. */
export function tryPut(bench: Bench): Promise<Finding> {
  return trying('a PUT', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    const bytes = someBytes();
    const answer = await bench.send(await signFor(storage, { key }), bytes);
    if (!answer.ok) return no(`a PUT by a signed URL was refused with ${describe(answer)}`);
    return (await holds(storage, key, bytes))
      ? yes('bytes went in by a signed URL and came back the same')
      : no('other bytes came back than went in');
  });
}

/** `If-None-Match: *` inside the signature, one after the other and all at once. */
export function tryCreateOnly(bench: Bench): Promise<Finding> {
  return trying('a PUT with If-None-Match', async () => {
    const storage = bench.storage({ createOnlyPut: true });
    const key = bench.newKey();
    const bytes = someBytes();
    const grant = await signFor(storage, { key });
    const first = await bench.send(grant, bytes);
    if (!first.ok) return no(`a PUT with If-None-Match was refused with ${describe(first)}`);
    const second = await bench.send(grant, someBytes());
    if (second.ok) return no('a URL with If-None-Match was used twice, and both times it stored');
    if (!(await holds(storage, key, bytes)))
      return no('the second use of a URL was refused, but the object is not the first one’s');
    return tryAtOnce(bench, storage);
  });
}

async function tryAtOnce(bench: Bench, storage: Storage): Promise<Finding> {
  const key = bench.newKey();
  const grant = await signFor(storage, { key });
  const bodies = Array.from({ length: WRITERS }, () => someBytes());
  const answers = await Promise.all(bodies.map((body) => bench.send(grant, body)));
  const winners = bodies.filter((_, index) => answers[index]?.ok);
  const [winner] = winners;
  if (winners.length !== 1 || winner === undefined)
    return no(`of ${WRITERS} uses of one URL at once ${winners.length} stored; expected one`);
  return (await holds(storage, key, winner))
    ? yes('a URL stores once, however often it is used')
    : no('of many uses of one URL at once a refused one left its bytes');
}

/** A SHA-256 inside the signature. */
export function tryPinnedDigest(bench: Bench): Promise<Finding> {
  return trying('a PUT with x-amz-checksum-sha256', async () => {
    const storage = bench.storage({ verifiesPut: true });
    const key = bench.newKey();
    const bytes = someBytes();
    const grant = await signFor(storage, { key, sha256: sha256Of(bytes) });
    const wrong = await bench.send(grant, someBytes());
    if (wrong.ok) return no('bytes of another SHA-256 than was pinned were stored');
    if ((await storage.head(key)) !== null)
      return no('bytes of another SHA-256 were refused, and stored all the same');
    const right = await bench.send(grant, bytes);
    if (!right.ok) return no(`a PUT with x-amz-checksum-sha256 was refused: ${describe(right)}`);
    const found = await storage.head(key);
    if (found?.sha256 !== null && found?.sha256 !== sha256Of(bytes))
      return no('the server reports another SHA-256 than the bytes have');
    return yes('bytes of another SHA-256 than was pinned are refused');
  });
}
