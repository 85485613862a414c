import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningJudge } from '../../scripts/judges/judge.ts';
import { deleteFile, uploadByRest } from './clients/rest.ts';
import { createSdkApp, type SdkApp } from './clients/sdk.ts';
import { makeSubject, type Subject, type Way } from './clients/subject.ts';
import { beginAndTerminate, uploadByTus, uploadByTusInPieces } from './clients/tus.ts';
import { inPool } from './pool.ts';
import { createRandom, type Random } from './random.ts';
import { openBucket } from './stack/bucket.ts';
import { examine, type Findings } from './stack/examine.ts';
import { failpointsInTurn, namedFailpoints } from './stack/failpoints.ts';
import type { Death } from './stack/guarded.ts';
import { type Front, type Stack, startStack } from './stack/stack.ts';

export interface ChaosWish {
  readonly seed: number;
  readonly uploads: Readonly<Record<Way, number>>;
  readonly atOnce: number;
  /** Milliseconds between two kills, on average. */
  readonly killEvery: number;
  /** Milliseconds that a client's user waits. */
  readonly patience: number;
  /** An S3 server to store on, instead of the disk. */
  readonly judge?: RunningJudge;
  readonly say?: (line: string) => void;
}

export interface ChaosReport extends Findings {
  /** Uploads that a client was told are ready. */
  readonly promised: number;
  /** Of those, files that their client deleted then. */
  readonly deleted: number;
  /** Uploads whose client went away in the middle, on purpose. */
  readonly abandoned: number;
  /** Uploads whose client gave up, and the last thing that it heard. */
  readonly gaveUp: readonly string[];
  readonly databaseKills: number;
  /** By process and cause. */
  readonly deaths: Readonly<Record<string, number>>;
  /** Deaths that nobody asked for. */
  readonly crashes: readonly string[];
  /** Named steps at which no process died. */
  readonly stepsNotReached: readonly string[];
}

/** The share of clients that close their page. */
const ABANDONED = 0.04;
/** The share of tus uploads that come in pieces, and of those that their client ends before they are whole. */
const IN_PIECES = 0.15;
const TERMINATED = 0.05;
/** The share of files that are deleted once they are ready. */
const DELETED = 0.08;

/** Uploads of all kinds while everything that runs is killed at random and at every named step. */
export async function chaos(wish: ChaosWish): Promise<ChaosReport> {
  const random = createRandom(wish.seed);
  const known: Death[] = [];
  const steps = namedFailpoints(wish.judge === undefined ? 'disk' : 's3');
  const inTurn = failpointsInTurn(random.fork('steps'), steps, known);
  let calm = false;
  const bucket = wish.judge && (await openBucket(wish.judge, {}));
  const stack = await startStack({
    ...(bucket && { env: bucket.env }),
    // Two processes in turn: what one has begun the other must be able to end.
    fronts: [2],
    failpoints: () => (calm ? undefined : inTurn()),
    onDeath: (death) => known.push(death),
  });
  try {
    const uploads = planUploads(random, wish.uploads);
    const killer = startKiller(stack, random.fork('kills'), wish.killEvery);
    const outcome = await runUploads(frontOf(stack), uploads, wish);
    const databaseKills = await killer.stop();
    // Whoever is still armed starts once more without.
    calm = true;
    for (const one of [stack.worker, ...frontOf(stack).apis]) one.kill();
    await sleep(200);
    await stack.ready();
    const digests = new Map(uploads.map(({ subject }) => [subject.name, subject.sha256]));
    const { promised, deleted, abandoned, gaveUp } = outcome;
    return {
      ...(await examine({ env: stack.env, digests, promised, deleted })),
      ...{ promised: promised.length, deleted: deleted.size, abandoned, gaveUp },
      ...summarize(known, steps),
      databaseKills,
    };
  } finally {
    await stack.stop();
    await bucket?.proxy.stop();
  }
}

type Client = 'rest' | 'sdk' | 'tus' | 'pieces' | 'terminate';

interface PlannedUpload {
  readonly subject: Subject;
  readonly client: Client;
  /** Milliseconds after which its page is closed. */
  readonly closedAfter: number | null;
  readonly deletedAfterwards: boolean;
}

function planUploads(random: Random, counts: Readonly<Record<Way, number>>): PlannedUpload[] {
  const ways = Object.entries(counts).flatMap(([way, count]) =>
    Array.from({ length: count }, () => way as Way),
  );
  const order = random.fork('order');
  return ways
    .map((way) => ({ way, at: order.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ way }, index) => {
      const own = random.fork(`upload ${index}`);
      return {
        subject: makeSubject(random, way, `${way}-${index}`),
        client: way === 'tus' ? tusClient(own) : own.pick(['rest', 'sdk']),
        closedAfter: own.chance(ABANDONED) ? own.int(400) : null,
        deletedAfterwards: own.chance(DELETED),
      };
    });
}

function frontOf({ fronts: [front] }: Stack): Front {
  if (front === undefined) throw new Error('expected a stack with a front');
  return front;
}

function tusClient(random: Random): Client {
  const dice = random.next();
  if (dice < TERMINATED) return 'terminate';
  return dice < TERMINATED + IN_PIECES ? 'pieces' : 'tus';
}

async function runUploads(server: Front, uploads: readonly PlannedUpload[], wish: ChaosWish) {
  const app = createSdkApp(server);
  const promised: string[] = [];
  const gaveUp: string[] = [];
  const deleted = new Set<string>();
  let abandoned = 0;
  await inPool(uploads, wish.atOnce, async (upload) => {
    const began = Date.now();
    const isGone = () => upload.closedAfter !== null && Date.now() - began > upload.closedAfter;
    try {
      const id = await send({ server, app, upload, isGone, limit: wish.patience });
      if (upload.client === 'terminate') {
        abandoned++;
        return;
      }
      promised.push(id);
      if (promised.length % 100 === 0) wish.say?.(`${promised.length} of ${uploads.length} ready`);
      if (!upload.deletedAfterwards) return;
      await deleteFile({ server, id, patience: { limit: wish.patience } });
      deleted.add(id);
    } catch (error) {
      if (isGone()) abandoned++;
      else gaveUp.push(`${upload.subject.name}: ${error instanceof Error ? error.message : error}`);
    }
  });
  return { promised, deleted, gaveUp, abandoned };
}

interface Sending {
  readonly server: Front;
  readonly app: SdkApp;
  readonly upload: PlannedUpload;
  readonly isGone: () => boolean;
  readonly limit: number;
}

function send({ server, app, upload, isGone, limit }: Sending): Promise<string> {
  const { subject, client, closedAfter } = upload;
  const work = { server, subject, record: {}, patience: { limit, isGone } };
  switch (client) {
    case 'tus':
      return uploadByTus(work);
    case 'pieces':
      return uploadByTusInPieces(work);
    case 'terminate':
      return beginAndTerminate(work);
    case 'sdk':
      return closedAfter === null ? app.upload(subject) : uploadByRest(work);
    case 'rest':
      return uploadByRest(work);
  }
}

const PATIENCE_MS = 5000;

/** Kills one process after the other until it is stopped; says how often that was the database. */
function startKiller(stack: Stack, random: Random, every: number) {
  let stopping = false;
  let databaseKills = 0;
  const work = (async () => {
    while (!stopping) {
      await sleep(random.next() * 2 * every);
      // A slow machine gets time to come up, or nothing would ever be done.
      await Promise.race([stack.ready(), sleep(PATIENCE_MS)]);
      const dice = random.next();
      if (stopping) return;
      if (dice < 0.15) {
        await stack.database.killAndRestart();
        databaseKills++;
      } else if (dice < 0.3) stack.worker.kill();
      else random.pick(frontOf(stack).apis).kill();
    }
  })();
  return {
    async stop() {
      stopping = true;
      await work;
      return databaseKills;
    },
  };
}

function summarize(deaths: readonly Death[], steps: readonly string[]) {
  const counts: Record<string, number> = {};
  for (const { name, cause, detail } of deaths) {
    const label = cause === 'failpoint' ? `at ${detail}` : `${name} ${cause}`;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  const died = new Set(deaths.map(({ detail }) => detail));
  return {
    deaths: counts,
    crashes: deaths
      .filter(({ cause }) => cause === 'crashed')
      .map(({ name, detail }) => `${name}: ${detail}`),
    stepsNotReached: steps.filter((name) => !died.has(name)),
  };
}
