import { type Browser, openBrowser } from './clients/browser.ts';
import { type Patience, persist } from './clients/call.ts';
import { type Customer, startCustomer } from './clients/customer.ts';
import { untilReady } from './clients/rest.ts';
import { makeSubject, PART_BYTES, type Subject, WAYS } from './clients/subject.ts';
import { inPool } from './pool.ts';
import type { ExchangeRecord } from './proxy/exchanges.ts';
import { bytesSent, type FaultPlan } from './proxy/plan.ts';
import { createRandom, type Random } from './random.ts';
import { examine, type Findings } from './stack/examine.ts';
import { type Front, startStack } from './stack/stack.ts';

export interface CutsWish {
  readonly seed: number;
  readonly cuts: number;
  /** How many are tried at once, each on a process of its own. */
  readonly lanes: number;
  /** What is restarted at the cut. */
  readonly restarts: readonly Restart[];
  readonly say?: (line: string) => void;
}

const RESTARTS = ['nothing', 'browser', 'server'] as const;
export type Restart = (typeof RESTARTS)[number];

export interface CutsReport extends Findings {
  readonly cuts: number;
  /** Offsets that no byte came to: the upload was over before. */
  readonly missed: number;
  readonly notRecovered: readonly string[];
  /** Uploads that sent more again than one part of each request that was on its way at the cut. */
  readonly sentTooMuch: readonly string[];
  /** The most bytes sent again, by way and restart. */
  readonly mostAgain: Readonly<Record<string, number>>;
}

interface Trial {
  readonly subject: Subject;
  readonly offset: number;
  readonly restart: Restart;
}

const PATIENCE_MS = 180_000;

/** Each upload is cut at a byte of its own, and the page or the server is killed in that moment. */
export async function cuts(wish: CutsWish): Promise<CutsReport> {
  const trials = planTrials(createRandom(wish.seed), wish);
  const stack = await startStack({ fronts: Array.from({ length: wish.lanes }, () => 1), plan: {} });
  const promised: string[] = [];
  const notRecovered: string[] = [];
  const sentTooMuch: string[] = [];
  const mostAgain: Record<string, number> = {};
  let missed = 0;
  let done = 0;
  try {
    const free = [...stack.fronts];
    await inPool(trials, wish.lanes, async (trial) => {
      const front = free.pop();
      if (front === undefined) throw new Error('expected a front for each lane');
      const { subject, restart } = trial;
      const label = `${subject.name} (${subject.bytes.length}) at ${trial.offset}, ${restart}`;
      const outcome = await tryOne(front, trial);
      free.push(front);
      if (!outcome.wasCut) missed++;
      if (outcome.id === undefined) notRecovered.push(`${label}: ${outcome.problem}`);
      else promised.push(outcome.id);
      const kind = `${subject.way}, ${restart} restarted`;
      mostAgain[kind] = Math.max(mostAgain[kind] ?? 0, outcome.again);
      const allowed = Math.max(1, outcome.onTheWay) * onePart(subject);
      if (outcome.again > allowed) sentTooMuch.push(`${label}: ${outcome.again} again`);
      if (++done % 25 === 0) wish.say?.(`${done} of ${trials.length} cut`);
    });
    const digests = new Map(trials.map(({ subject }) => [subject.name, subject.sha256]));
    return {
      ...(await examine({ env: stack.env, digests, promised })),
      ...{ cuts: trials.length, missed, notRecovered, sentTooMuch, mostAgain },
    };
  } finally {
    await stack.stop();
  }
}

/** Of a file in one piece that is all of it. */
const onePart = ({ way, bytes }: Subject) => (way === 'single' ? bytes.length : PART_BYTES);

function planTrials(random: Random, { cuts: count, restarts }: CutsWish): Trial[] {
  return Array.from({ length: count }, (_, index) => {
    // Every way with every restart, in turn.
    const way = WAYS[index % WAYS.length] ?? 'single';
    const restart = restarts[Math.floor(index / WAYS.length) % restarts.length] ?? 'nothing';
    const subject = makeSubject(random, way, `${way}-${index}`);
    const offset = random.fork(`cut ${index}`).int(subject.bytes.length);
    return { subject, offset, restart };
  });
}

interface Outcome {
  readonly id?: string;
  readonly problem?: string;
  readonly wasCut: boolean;
  /** Requests with bytes that had no answer at the cut: of a process that dies, all of them are lost. */
  readonly onTheWay: number;
  readonly again: number;
}

async function tryOne(front: Front, { subject, offset, restart }: Trial): Promise<Outcome> {
  const customer = await startCustomer(front);
  const browser = browserFor(front, customer, subject);
  const from = front.proxy.exchanges.length;
  const own = () => front.proxy.exchanges.slice(from).filter(({ path }) => isData(path));
  let wasCut = false;
  let onTheWay = 0;
  front.proxy.setPlan(
    cutOnce(offset, () => {
      wasCut = true;
      onTheWay = own().filter(({ status }) => status === null).length;
      // The last bytes before the cut are on their way by then.
      setImmediate(() => restartIt(restart, front, browser));
    }),
  );
  const sums = () => ({ wasCut, onTheWay, again: sentAgain(own(), subject) });
  try {
    const id = await browser.upload();
    const patience: Patience = { limit: PATIENCE_MS };
    await persist(patience, () => untilReady(front, id));
    return { id, ...sums() };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { problem, ...sums() };
  } finally {
    browser.close();
    await customer.close();
    front.proxy.setPlan({ transfer: () => undefined });
    for (const api of front.apis) await api.ready();
  }
}

function browserFor(front: Front, { endpoint }: Customer, subject: Subject): Browser {
  const shared = { subject, apiKey: front.apiKey, patience: PATIENCE_MS };
  return subject.way === 'tus'
    ? openBrowser({ ...shared, client: 'tus', endpoint: `${front.url}/tus` })
    : openBrowser({ ...shared, client: 'sdk', endpoint });
}

function restartIt(restart: Restart, { apis }: Front, browser: Browser): void {
  if (restart === 'browser') browser.closePage();
  if (restart === 'server') for (const api of apis) api.kill();
}

const isData = (path: string) => path.startsWith('/ingest/') || path.startsWith('/tus/');

/** At the byte `offset` of all that is sent, in the order in which requests begin. */
function cutOnce(offset: number, onCut: () => void): FaultPlan {
  let announced = 0;
  let planned = false;
  return {
    transfer(transfer) {
      const size = bytesSent(transfer);
      if (planned || size === 0 || !isData(transfer.path)) return undefined;
      const after = offset - announced;
      announced += size;
      if (after >= size) return undefined;
      planned = true;
      return { cut: { direction: 'up', after }, onCut };
    },
  };
}

function sentAgain(exchanges: readonly ExchangeRecord[], { bytes }: Subject): number {
  const sent = exchanges.reduce((sum, { up }) => sum + up, 0);
  return Math.max(0, sent - bytes.length);
}
