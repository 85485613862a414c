import type { RunningJudge } from '../../scripts/judges/judge.ts';
import { type Server, uploadByRest } from './clients/rest.ts';
import { createSdkApp } from './clients/sdk.ts';
import { makeSubject, PART_BYTES, type Subject, WAYS, type Way } from './clients/subject.ts';
import { CHUNK_BYTES, uploadByTus } from './clients/tus.ts';
import type { ExchangeRecord } from './proxy/exchanges.ts';
import type { FaultProxy } from './proxy/fault-proxy.ts';
import { bytesSent, type FaultPlan, flipSome, type Transfer } from './proxy/plan.ts';
import { createRandom, type Random } from './random.ts';
import { openBucket } from './stack/bucket.ts';
import { examine, type Findings } from './stack/examine.ts';
import { type Front, startStack } from './stack/stack.ts';

export interface FlipsWish {
  readonly seed: number;
  readonly uploads: Readonly<Record<Way, number>>;
  /** An S3 server to store on, instead of the disk. */
  readonly judge?: RunningJudge;
  readonly say?: (line: string) => void;
}

export interface FlipsReport extends Findings {
  readonly uploads: number;
  /** Requests that brought bytes, and how many of them had a bit flipped. */
  readonly transfers: number;
  readonly flipped: number;
  /** Uploads that did not become ready, and why. */
  readonly notRecovered: readonly string[];
  /** Uploads that sent more than one part again for each flipped bit. */
  readonly sentTooMuch: readonly string[];
  /** Bytes that were sent again, of all uploads. */
  readonly sentAgain: number;
}

/** What one flipped bit may cost. */
const partOf = ({ way, bytes }: Subject): number =>
  ({ single: bytes.length, multipart: PART_BYTES, tus: CHUNK_BYTES })[way];

/** One bit in one of three transfers is another one than was sent. */
export async function flips(wish: FlipsWish): Promise<FlipsReport> {
  const random = createRandom(wish.seed);
  const bucket = wish.judge && (await openBucket(wish.judge, CALM));
  const stack = await startStack({
    fronts: [1],
    plan: CALM,
    ...(bucket && { env: bucket.env }),
  });
  const [front] = stack.fronts;
  try {
    if (front === undefined) throw new Error('expected a front');
    // What a bucket can do is found out with the first upload; that is not to be found out wrong.
    const warmUp = WAYS.map((way) => makeSubject(random, way, `warm-up-${way}`));
    for (const subject of warmUp) await send(front, subject, random);
    const proxies = [front.proxy, ...(bucket ? [bucket.proxy] : [])];
    const plan = flipSome(random.fork('flips'), 1 / 3, isTransfer);
    for (const proxy of proxies) proxy.setPlan(plan);
    const subjects = planSubjects(random, wish.uploads);
    const outcome = await sendAll({ wish, front, proxies, subjects, random });
    const all = [...warmUp, ...subjects];
    const digests = new Map(all.map(({ name, sha256 }) => [name, sha256]));
    const { promised, ...figures } = outcome;
    return { ...(await examine({ env: stack.env, digests, promised })), ...figures };
  } finally {
    await stack.stop();
    await bucket?.proxy.stop();
  }
}

const CALM: FaultPlan = { transfer: () => undefined };

interface SendAll {
  readonly wish: FlipsWish;
  readonly front: Front;
  readonly proxies: readonly FaultProxy[];
  readonly subjects: readonly Subject[];
  readonly random: Random;
}

/** One after the other: so the same seed flips the same bits, and it is known whose they are. */
async function sendAll({ wish, front, proxies, subjects, random }: SendAll) {
  const promised: string[] = [];
  const notRecovered: string[] = [];
  const sentTooMuch: string[] = [];
  const total = { transfers: 0, flipped: 0, sentAgain: 0 };
  for (const [index, subject] of subjects.entries()) {
    const before = proxies.map(({ exchanges }) => exchanges.length);
    try {
      promised.push(await send(front, subject, random.fork(subject.name)));
    } catch (error) {
      notRecovered.push(`${subject.name}: ${error instanceof Error ? error.message : error}`);
    }
    const own = proxies.flatMap(({ exchanges }, at) => exchanges.slice(before[at])).filter(isData);
    const sentAgain = own.reduce((sum, { up }) => sum + up, 0) - subject.bytes.length;
    const flipped = own.filter((exchange) => exchange.flipped !== null).length;
    total.transfers += own.length;
    total.flipped += flipped;
    total.sentAgain += Math.max(0, sentAgain);
    if (sentAgain > flipped * partOf(subject)) {
      sentTooMuch.push(`${subject.name}: ${sentAgain} bytes again for ${flipped} flips`);
    }
    if ((index + 1) % 50 === 0) wish.say?.(`${index + 1} of ${subjects.length} sent`);
  }
  return { uploads: subjects.length, promised, notRecovered, sentTooMuch, ...total };
}

/**
 * Bytes of files on their way from a client; what is said about them is text over the same line, and TLS
 * would guard it. To a bucket Slipway itself signs in a header, and clients come with a signed URL.
 */
function isData({ method, path, up }: Pick<ExchangeRecord, 'method' | 'path' | 'up'>): boolean {
  if (path.startsWith('/ingest/') || path.startsWith('/tus/')) return up > 0;
  return method === 'PUT' && path.includes('X-Amz-Signature=') && up > 0;
}

const isTransfer = (transfer: Transfer) => isData({ ...transfer, up: bytesSent(transfer) });

function planSubjects(random: Random, counts: Readonly<Record<Way, number>>): Subject[] {
  return Object.entries(counts).flatMap(([way, count]) =>
    Array.from({ length: count }, (_, index) => makeSubject(random, way as Way, `${way}-${index}`)),
  );
}

function send(server: Server, subject: Subject, random: Random): Promise<string> {
  const work = { server, subject, record: {}, patience: { limit: 120_000 } };
  if (subject.way === 'tus') return uploadByTus(work);
  return random.chance(0.5) ? createSdkApp(server).upload(subject) : uploadByRest(work);
}
