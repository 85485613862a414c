import { setTimeout as sleep } from 'node:timers/promises';
import { makeBracket } from '@repo/engine/test-pictures';
import { type Photographer, signUpPhotographer } from '../acceptance/photoestate-account.ts';
import { createRandom } from './random.ts';
import type { Death } from './stack/guarded.ts';
import { startStack } from './stack/stack.ts';
import { type Studio, startStudio } from './studio/studio.ts';

export interface WorkerKillsWish {
  readonly seed: number;
  /** Of one small exposure each: what is killed is what is shown, not how photos come out. */
  readonly scenes: number;
  readonly workers: number;
  /** Milliseconds between two kills: each time one of the workers, by SIGKILL. */
  readonly killEvery: number;
  /** After so many they are left alone: a machine on which starting takes longer than living gets nowhere. */
  readonly mostKills: number;
  /** Milliseconds after which what is not done has failed this run. */
  readonly patience: number;
  readonly say?: (line: string) => void;
}

export interface WorkerKillsReport {
  readonly scenes: number;
  readonly kills: number;
  /** Versions that more than one worker had to take up. */
  readonly takenUpAgain: number;
  /** Scenes without a result, or with another number of results, debits or files than one. */
  readonly wrong: readonly string[];
  /** Where the ledger and the balance do not say the same. */
  readonly ledger: readonly string[];
  /** Deaths that nobody asked for. */
  readonly crashes: readonly string[];
}

/** For all frames to be looked at and sorted. */
const SORTED_MS = 300_000;

interface Ended {
  id: string;
  scene_id: string;
  status: string;
  attempt: number;
  failure_reason: string | null;
  files: number;
  reserved: number;
  settled: number;
  released: number;
}

/** A shoot is enhanced while its workers are killed: each scene has one result and one debit. */
export async function workerKills(wish: WorkerKillsWish): Promise<WorkerKillsReport> {
  const deaths: Death[] = [];
  const stack = await startStack({ fronts: [1] });
  const wished = { stack, workers: wish.workers, onDeath: (death: Death) => deaths.push(death) };
  const studio = await startStudio(wished);
  const before = process.env['PHOTOESTATE_URL'];
  process.env['PHOTOESTATE_URL'] = studio.url;
  try {
    const pat = await signUpPhotographer();
    const listingId = await shoot(pat, wish);
    const { status, body } = await pat.mutate('enhancement.startListing', { listingId });
    if (status !== 200) throw new Error(`startListing answered ${status}: ${body.message}`);
    const killer = startKiller(studio, wish);
    await untilAllEnded(studio, listingId, wish);
    const kills = await killer.stop();
    return {
      ...{ scenes: wish.scenes, kills },
      ...(await examine(studio, listingId, wish.scenes)),
      crashes: deaths
        .filter(({ cause }) => cause === 'crashed')
        .map(({ name, detail }) => `${name}: ${detail}`),
    };
  } finally {
    if (before === undefined) delete process.env['PHOTOESTATE_URL'];
    else process.env['PHOTOESTATE_URL'] = before;
    await studio.stop();
    await stack.stop();
  }
}

async function shoot(pat: Photographer, { scenes, say }: WorkerKillsWish): Promise<string> {
  const listingId = await pat.createListing('100 Long Street');
  const pictures = [];
  for (let n = 0; n < scenes; n += 1) {
    // Ten minutes apart nothing belongs together.
    const startAt = new Date(Date.UTC(2026, 4, 1, 0, 10 * n));
    const [frame] = await makeBracket({ evs: [0], width: 96, height: 64, seed: n + 1, startAt });
    if (frame !== undefined) pictures.push({ ...frame, name: `${n}.jpg` });
  }
  const outcomes = await pat.upload(listingId, pictures);
  const lost = outcomes.find(({ state }) => state !== 'done');
  if (lost !== undefined) throw new Error(`${lost.name} was not uploaded: ${lost.error}`);
  say?.(`${outcomes.length} photos are there`);
  for (const limit = Date.now() + SORTED_MS; ; await sleep(500)) {
    const { body } = await pat.query('scene.list', { listingId });
    if (body.length === scenes) return listingId;
    if (Date.now() > limit) throw new Error(`${body.length} scenes, expected ${scenes}`);
  }
}

function startKiller({ workers }: Studio, wish: WorkerKillsWish) {
  const { seed, killEvery, mostKills, say } = wish;
  const random = createRandom(seed);
  const calm = new AbortController();
  let kills = 0;
  const killing = (async () => {
    while (!calm.signal.aborted && kills < mostKills) {
      await sleep(killEvery, undefined, { signal: calm.signal }).catch(() => undefined);
      if (calm.signal.aborted) return;
      if (random.pick(workers).kill()) kills += 1;
      if (kills % 10 === 0) say?.(`${kills} kills`);
    }
  })();
  return {
    async stop() {
      calm.abort();
      await killing;
      return kills;
    },
  };
}

async function untilAllEnded(
  studio: Studio,
  listingId: string,
  { patience, say }: WorkerKillsWish,
): Promise<void> {
  const limit = Date.now() + patience;
  for (let last = ''; Date.now() < limit; await sleep(500)) {
    const counts = await studio.query<{ status: string; n: number }>(
      'select status, count(*)::int as n from enhancement where listing_id = $1 group by status',
      [listingId],
    );
    const text = counts.map(({ status, n }) => `${n} ${status}`).join(', ');
    if (text !== last) say?.(text);
    last = text;
    if (!counts.some(({ status }) => status === 'queued' || status === 'running')) return;
  }
}

async function examine(studio: Studio, listingId: string, scenes: number) {
  const versions = await studio.query<Ended>(
    `select e.id, e.scene_id, e.status, e.attempt, e.failure_reason,
      num_nonnulls(e.result_file_id, e.result_preview_file_id, e.result_thumb_file_id) as files,
      (select count(*)::int from credit_entry c
        where c.reference = e.credit_reference and c.kind = 'reserve') as reserved,
      (select count(*)::int from credit_entry c
        where c.reference = e.credit_reference and c.kind = 'settle') as settled,
      (select count(*)::int from credit_entry c
        where c.reference = e.credit_reference and c.kind = 'release') as released
    from enhancement e where e.listing_id = $1`,
    [listingId],
  );
  const wrong = versions
    .filter((one) => {
      const paid = one.reserved === 1 && one.settled === 1 && one.released === 0;
      return one.status !== 'done' || one.files !== 3 || !paid;
    })
    .map((one) => JSON.stringify(one));
  const distinct = new Set(versions.map(({ scene_id }) => scene_id)).size;
  if (versions.length !== scenes || distinct !== scenes) {
    wrong.push(`${versions.length} versions of ${distinct} scenes, expected ${scenes}`);
  }
  const [sums] = await studio.query<Record<string, number>>(
    `select b.available, b.reserved,
      (select sum(credits)::int from credit_entry e where e.organization_id = b.organization_id) as credits,
      (select sum(reserved)::int from credit_entry e where e.organization_id = b.organization_id) as held,
      (select sum(credits)::int from credit_entry e
        where e.organization_id = b.organization_id and kind = 'grant') as granted
    from credit_balance b join listing l on l.organization_id = b.organization_id where l.id = $1`,
    [listingId],
  );
  const agrees =
    sums !== undefined &&
    sums['available'] === sums['credits'] &&
    sums['reserved'] === 0 &&
    sums['held'] === 0 &&
    sums['available'] === (sums['granted'] ?? 0) - scenes;
  return {
    takenUpAgain: versions.filter(({ attempt }) => attempt > 1).length,
    wrong,
    ledger: agrees ? [] : [JSON.stringify(sums)],
  };
}
