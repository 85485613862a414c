import { type Capabilities, UNPROBED } from '../../capabilities.ts';
import type { S3Options } from '../client.ts';
import { atBench, type Bench } from './bench.ts';
import type { Finding } from './finding.ts';
import { tryCopy, tryCopyPart } from './try-copy.ts';
import {
  tryListMultiparts,
  tryMultipart,
  tryPartDigests,
  tryPartNumbers,
  trySmallParts,
} from './try-multipart.ts';
import { tryCreateOnly, tryPinnedDigest, tryPut } from './try-put.ts';

/** What came of trying; null for what cannot be tried without something else. */
export interface Findings {
  put: Finding;
  createOnly: Finding | null;
  digest: Finding | null;
  copy: Finding | null;
  multipart: Finding | null;
  partDigests: Finding | null;
  listMultiparts: Finding | null;
  copyPart: Finding | null;
}

export interface Probe {
  findings: Findings;
  /** Null when not even a plain upload is taken. */
  capabilities: Capabilities | null;
}

/**
 * Finds out by trying what an S3 server does, whatever it calls itself. What a server refuses, or does
 * wrongly, it is not capable of, and Slipway never asks it for that again.
 *
 * @throws when it does not answer, is busy, or does not even take a plain upload.
 */
export function probeStorage(options: S3Options): Promise<Capabilities> {
  return atBench(options, async (bench) => {
    const { findings, capabilities } = await probe(bench);
    if (capabilities === null) throw new Error(`the storage takes no upload: ${findings.put.seen}`);
    return capabilities;
  });
}

export async function probe(bench: Bench): Promise<Probe> {
  const put = await tryPut(bench);
  if (!put.able) return { findings: { put, ...NOTHING_TRIED }, capabilities: null };
  const [objects, parts] = await Promise.all([probeObjects(bench), probeParts(bench)]);
  const { createOnly, digest, copy } = objects;
  const { multipart, partDigests, listMultiparts, copyPart } = parts.findings;
  return {
    findings: { put, ...objects, ...parts.findings },
    capabilities: {
      createOnlyPut: createOnly.able,
      verifiesPut: digest.able,
      copy: copy.able,
      multipart: multipart.able,
      verifiesParts: partDigests?.able === true,
      listsMultiparts: listMultiparts?.able === true,
      copyPart: copyPart?.able === true,
      maxParts: parts.maxParts,
      minPartSize: parts.minPartSize,
    },
  };
}

const NOTHING_TRIED = {
  createOnly: null,
  digest: null,
  copy: null,
  multipart: null,
  partDigests: null,
  listMultiparts: null,
  copyPart: null,
};

async function probeObjects(bench: Bench) {
  return {
    createOnly: await tryCreateOnly(bench),
    digest: await tryPinnedDigest(bench),
    copy: await tryCopy(bench),
  };
}

async function probeParts(bench: Bench) {
  const { maxParts, minPartSize } = UNPROBED;
  const multipart = await tryMultipart(bench);
  if (!multipart.able) {
    const findings = { multipart, partDigests: null, listMultiparts: null, copyPart: null };
    return { findings, maxParts, minPartSize };
  }
  const findings = {
    multipart,
    partDigests: await tryPartDigests(bench),
    listMultiparts: await tryListMultiparts(bench),
    copyPart: await tryCopyPart(bench),
  };
  const small = await trySmallParts(bench);
  return {
    findings,
    maxParts: await tryPartNumbers(bench),
    minPartSize: small.able ? 1 : minPartSize,
  };
}
