import { setTimeout as wait } from 'node:timers/promises';
import type { S3Options } from '../client.ts';
import { describe, refusalOf } from '../probe/answer.ts';
import { atBench } from '../probe/bench.ts';
import type { Finding } from '../probe/finding.ts';
import { type Probe, probe } from '../probe/probe.ts';
import type { Check, Visit } from './check.ts';
import { makeContact } from './contact.ts';
import { CORS_CHECKS } from './cors-checks.ts';
import { OBJECT_CHECKS } from './object-checks.ts';
import { PART_CHECKS } from './part-checks.ts';
import { REACH_CHECKS } from './reach-checks.ts';
import type { DoctorCheck, DoctorReport, DoctorWish } from './report.ts';
import { STRANGER_CHECKS } from './stranger-checks.ts';
import { UPKEEP_CHECKS } from './upkeep-checks.ts';

const CHECKS: Check[] = [
  ...REACH_CHECKS,
  ...OBJECT_CHECKS,
  ...PART_CHECKS,
  ...CORS_CHECKS,
  ...STRANGER_CHECKS,
  ...UPKEEP_CHECKS,
];

/** What was mended takes effect after a while at some. */
const PATIENCE = { times: 5, everyMs: 1_000 };

/**
 * Looks at a bucket as Slipway, as a browser and as a stranger would, and says in words what is wrong
 * and how to mend it; mends what is only a matter of configuration when that is wished. Leaves nothing
 * in the bucket. That nothing can be reached is a finding, too.
 */
export async function runDoctor(options: S3Options, wish: DoctorWish): Promise<DoctorReport> {
  const contact = await makeContact(options);
  return atBench(options, async (bench) => {
    let probed: Promise<Probe> | undefined;
    const visit: Visit = {
      bench,
      contact,
      origin: wish.origin,
      probe() {
        probed ??= probe(bench);
        return probed;
      },
    };
    const { done, mended } = await examine(visit, wish.mend);
    const { capabilities = null } = (await probed?.catch(() => undefined)) ?? {};
    return { checks: CHECKS.flatMap(({ id }) => done.get(id) ?? []), mended, capabilities };
  });
}

type Done = Map<string, DoctorCheck>;

/** Those that wait for nothing at once, then those that waited for these. */
async function examine(visit: Visit, mend: boolean): Promise<{ done: Done; mended: string[] }> {
  const done: Done = new Map();
  const mended: string[] = [];
  let rest = CHECKS;
  while (rest.length > 0) {
    const next = rest.filter(({ needs }) => needs.every((id) => done.has(id)));
    if (next.length === 0) throw new Error('checks wait for each other');
    rest = rest.filter((check) => !next.includes(check));
    const results = await Promise.all(next.map((check) => lookAt(check, visit, done)));
    for (const [index, check] of next.entries()) {
      const result = results[index];
      if (result === undefined) continue;
      const isWrong = result.outcome === 'problem' || result.outcome === 'warning';
      const last = isWrong && mend ? await tryToMend(check, visit, result) : result;
      done.set(check.id, last);
      if (isWrong && last.outcome === 'ok') mended.push(check.id);
    }
  }
  return { done, mended };
}

async function lookAt(check: Check, visit: Visit, done: Done): Promise<DoctorCheck> {
  const { id, title, severity, needs } = check;
  const obstacle = needs.map((need) => done.get(need)).find((need) => need?.outcome !== 'ok');
  const unchecked = (found: string): DoctorCheck => ({
    id,
    title,
    outcome: 'not_checked',
    found,
    remedy: null,
  });
  if (obstacle !== undefined) return unchecked(`First: ${obstacle.title}.`);
  let finding: Finding | null;
  try {
    finding = await check.look(visit);
  } catch (error) {
    const refusal = refusalOf(error);
    const what = refusal === null ? messageOf(error) : `refused with ${describe(refusal)}`;
    // Whoever refuses to say what is not needed may do so; whoever does not answer is not fine.
    if (severity === 'warning' || refusal !== null) return unchecked(`It was ${what}.`);
    finding = { able: false, seen: `it could not be looked at: ${what}` };
  }
  if (finding === null) return unchecked('The server does not tell.');
  return {
    id,
    title,
    outcome: finding.able ? 'ok' : severity,
    found: sentence(finding.seen),
    remedy: finding.able ? null : check.remedy(visit),
  };
}

/** Something mended before may have mended this, too. */
async function tryToMend(check: Check, visit: Visit, before: DoctorCheck): Promise<DoctorCheck> {
  if (check.mend === undefined) return before;
  const again = () => lookAt({ ...check, needs: [] }, visit, new Map());
  const now = await again();
  if (now.outcome === 'ok') return now;
  try {
    await check.mend(visit);
  } catch (error) {
    const refusal = refusalOf(error);
    const what = refusal === null ? messageOf(error) : `refused with ${describe(refusal)}`;
    return { ...before, found: `${before.found} Mending it was ${what}.` };
  }
  let result = await again();
  for (let time = 1; result.outcome !== 'ok' && time < PATIENCE.times; time += 1) {
    await wait(PATIENCE.everyMs);
    result = await again();
  }
  return result;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
