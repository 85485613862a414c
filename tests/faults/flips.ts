import { type Server, uploadByRest } from './clients/rest.ts';
import { createSdkApp } from './clients/sdk.ts';
import { makeSubject, PART_BYTES, type Subject, type Way } from './clients/subject.ts';
import { CHUNK_BYTES, uploadByTus } from './clients/tus.ts';
import type { ExchangeRecord } from './proxy/exchanges.ts';
import { flipSome, type Transfer } from './proxy/plan.ts';
import { createRandom, type Random } from './random.ts';
import { examine, type Findings } from './stack/examine.ts';
import { startStack } from './stack/stack.ts';

export interface FlipsWish {
  readonly seed: number;
  readonly uploads: Readonly<Record<Way, number>>;
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
export const partOf = ({ way, bytes }: Subject): number =>
  ({ single: bytes.length, multipart: PART_BYTES, tus: CHUNK_BYTES })[way];

/** One bit in one of three transfers is another one than was sent. */
export async function flips(wish: FlipsWish): Promise<FlipsReport> {
  const random = createRandom(wish.seed);
  const plan = flipSome(random.fork('flips'), 1 / 3, isTransfer);
  const stack = await startStack({ fronts: [1], plan });
  const [front] = stack.fronts;
  try {
    if (front === undefined) throw new Error('expected a front');
    const subjects = planSubjects(random, wish.uploads);
    const promised: string[] = [];
    const notRecovered: string[] = [];
    const sentTooMuch: string[] = [];
    let sentAgain = 0;
    // One after the other: so the same seed flips the same bits, and it is known whose they are.
    for (const [index, subject] of subjects.entries()) {
      const from = front.proxy.exchanges.length;
      try {
        promised.push(await send(front, subject, random.fork(subject.name)));
      } catch (error) {
        notRecovered.push(`${subject.name}: ${error instanceof Error ? error.message : error}`);
      }
      const { again, flipped } = sumUp(front.proxy.exchanges.slice(from), subject);
      sentAgain += again;
      if (again > flipped * partOf(subject)) {
        sentTooMuch.push(`${subject.name}: ${again} bytes again for ${flipped} flips`);
      }
      if ((index + 1) % 50 === 0) wish.say?.(`${index + 1} of ${subjects.length} sent`);
    }
    const digests = new Map(subjects.map(({ name, sha256 }) => [name, sha256]));
    const transfers = front.proxy.exchanges.filter(({ up, path }) => up > 0 && isDataPath(path));
    return {
      ...(await examine({ env: stack.env, digests, promised })),
      ...{ uploads: subjects.length, notRecovered, sentTooMuch, sentAgain },
      transfers: transfers.length,
      flipped: transfers.filter(({ flipped }) => flipped !== null).length,
    };
  } finally {
    await stack.stop();
  }
}

const isDataPath = (path: string) => path.startsWith('/ingest/') || path.startsWith('/tus/');
/** Bytes of files; what is said about them is text over the same line, and TLS would guard it. */
const isTransfer = ({ path }: Transfer) => isDataPath(path);

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

function sumUp(exchanges: readonly ExchangeRecord[], { bytes }: Subject) {
  const own = exchanges.filter(({ path }) => isDataPath(path));
  const sent = own.reduce((sum, { up }) => sum + up, 0);
  const flipped = own.filter((exchange) => exchange.flipped !== null).length;
  return { again: Math.max(0, sent - bytes.length), flipped };
}
