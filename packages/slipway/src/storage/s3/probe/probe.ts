import { type Capabilities, UNPROBED } from '../../capabilities.ts';
import type { S3Options } from '../client.ts';
import { atBench, type Bench } from './bench.ts';
import { tryCopy, tryCopyPart } from './try-copy.ts';
import {
  tryListMultiparts,
  tryMultipart,
  tryPartDigests,
  tryPartNumbers,
  trySmallParts,
} from './try-multipart.ts';
import { tryCreateOnly, tryPinnedDigest, tryPut } from './try-put.ts';

/**
 * Finds out by trying what an S3 server does, whatever it calls itself. What a server refuses, or does
 * wrongly, it is not capable of, and Slipway never asks it for that again.
 *
 * @throws when it does not answer, is busy, or does not even take a plain upload.
 */
export function probeStorage(options: S3Options): Promise<Capabilities> {
  return atBench(options, async (bench) => {
    const put = await tryPut(bench);
    if (!put.able) throw new Error(`the storage takes no upload: ${put.seen}`);
    const [objects, parts] = await Promise.all([probeObjects(bench), probeParts(bench)]);
    return { ...objects, ...parts };
  });
}

async function probeObjects(bench: Bench) {
  const createOnly = await tryCreateOnly(bench);
  const pinned = await tryPinnedDigest(bench);
  const copy = await tryCopy(bench);
  return { createOnlyPut: createOnly.able, verifiesPut: pinned.able, copy: copy.able };
}

async function probeParts(bench: Bench) {
  const multipart = await tryMultipart(bench);
  if (!multipart.able) {
    const { verifiesParts, copyPart, listsMultiparts, maxParts, minPartSize } = UNPROBED;
    return { multipart: false, verifiesParts, copyPart, listsMultiparts, maxParts, minPartSize };
  }
  const digests = await tryPartDigests(bench);
  const listed = await tryListMultiparts(bench);
  const copied = await tryCopyPart(bench);
  const small = await trySmallParts(bench);
  return {
    multipart: true,
    verifiesParts: digests.able,
    copyPart: copied.able,
    listsMultiparts: listed.able,
    maxParts: await tryPartNumbers(bench),
    minPartSize: small.able ? 1 : UNPROBED.minPartSize,
  };
}
