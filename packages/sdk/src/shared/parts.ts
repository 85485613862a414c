import type { FileStatus, UploadTarget } from './types.ts';

/** The part of a target that is needed to send bytes. */
export type PutTarget = Pick<UploadTarget, 'url' | 'method' | 'headers'>;

/** One piece of a file; a small file is a single one. */
export interface Part {
  readonly number: number;
  readonly start: number;
  readonly size: number;
  stored: boolean;
  /** Bytes handed to the network by the attempt that runs. */
  loaded: number;
  /** Lower-case hex, once it was computed. */
  sha256?: string | undefined;
}

/** What moving parts takes; the browser and the server bring their own. */
export interface PartCarrier {
  /** Asks what arrived. */
  received(): Promise<ReceivedParts>;
  /** Asks for a URL for each of these parts. */
  sign(parts: readonly WantedPart[]): Promise<SignedParts>;
  /** The digest of a part, where it can be computed. */
  digest(part: Part): Promise<string | undefined>;
  /** One attempt to send a part. */
  put(part: Part, target: PutTarget): Promise<void>;
}

/** What a server has of a file that comes in parts. */
export interface ReceivedParts {
  readonly status: FileStatus;
  readonly parts: readonly {
    readonly number: number;
    readonly size: number;
    readonly sha256: string | null;
  }[];
}

/** A part that needs a URL, which will take no other bytes than those of the digest. */
export interface WantedPart {
  readonly number: number;
  readonly sha256: string | undefined;
}

/** The URLs of parts. */
export interface SignedParts {
  readonly parts: readonly ({ readonly number: number } & PutTarget)[];
}

const AT_ONCE = 4;
const SIGNED_AHEAD = 8;

/** The pieces of a file of this size. An empty file is one empty piece. */
export function cutIntoParts(size: number, partSize = size): Part[] {
  return Array.from({ length: Math.ceil(size / partSize) || 1 }, (_, index) => ({
    number: index + 1,
    start: index * partSize,
    size: Math.min(partSize, size - index * partSize),
    stored: false,
    loaded: 0,
  }));
}

/** Looks up what arrived. Only our own bytes count, so that an edited file is never stitched together. */
export async function syncParts(parts: readonly Part[], carrier: PartCarrier): Promise<FileStatus> {
  const answer = await carrier.received();
  for (const { number, size, sha256 } of answer.parts) {
    const part = parts[number - 1];
    if (part?.size === size) part.stored = ((await carrier.digest(part)) ?? sha256) === sha256;
  }
  return answer.status;
}

/**
 * Sends the parts that are missing, a few at a time, with URLs asked for in batches when they are
 * needed. After a failure no other part is begun; those under way end first.
 */
export async function sendParts(
  parts: readonly Part[],
  carrier: PartCarrier,
  ahead = SIGNED_AHEAD,
): Promise<void> {
  const todo = parts.filter(({ stored }) => !stored);
  const unsigned = [...todo];
  const targets = new Map<number, PutTarget>();
  const failures: unknown[] = [];
  let signing: Promise<void> | undefined;
  const sign = async () => {
    const wanted: WantedPart[] = [];
    for (const part of unsigned.splice(0, ahead))
      wanted.push({ number: part.number, sha256: await carrier.digest(part) });
    for (const target of (await carrier.sign(wanted)).parts) targets.set(target.number, target);
    signing = undefined;
  };
  const send = async (part: Part) => {
    while (!targets.has(part.number)) {
      signing ??= sign();
      await signing;
    }
    await carrier.put(part, targets.get(part.number) as PutTarget);
    part.stored = true;
  };
  const work = async () => {
    for (let part = todo.shift(); part && !failures[0]; part = todo.shift())
      await send(part).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, ahead) }, work));
  if (failures.length > 0) throw failures[0];
}
