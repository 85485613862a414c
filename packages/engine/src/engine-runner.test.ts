import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DoneMessage, EnhanceRequest, InspectRequest } from './child-protocol.ts';
import type { RunLimits } from './engine-child.ts';
import { EngineRunner, type RunnerOptions } from './engine-runner.ts';
import { EngineError } from './errors.ts';
import { runEngineChild } from './run-child.ts';
import { makeBracket } from './testing/pictures.ts';

let folder: string;
let request: EnhanceRequest;
let runner: EngineRunner;
let troubles: Error[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-runner-'));
  const frames = await makeBracket({ width: 300, height: 200 });
  for (const frame of frames) await writeFile(join(folder, frame.name), frame.bytes);
  request = {
    type: 'enhance',
    frames: frames.map(({ name }) => ({ name, path: join(folder, name) })),
    outputs: [
      { name: 'image', path: join(folder, 'image.jpg') },
      { name: 'web', path: join(folder, 'web.webp'), maxWidth: 120, format: 'webp' },
    ],
    firstLook: { name: 'look', path: join(folder, 'look.jpg'), maxWidth: 200 },
    threads: 2,
  };
});

afterEach(() => runner.stop());

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A runner that makes no spare by itself, unless the test says so. */
function open(changes: Partial<RunnerOptions> = {}): void {
  troubles = [];
  const onTrouble = (reason: Error): void => void troubles.push(reason);
  runner = new EngineRunner({
    places: 1,
    threads: 2,
    rounds: 1,
    quietMs: 100_000,
    onTrouble,
    ...changes,
  });
}

async function readySpare(): Promise<number> {
  expect(await runner.prepare()).toBe(true);
  const pid = runner.sparePid;
  if (pid === null) throw new Error('a spare that is ready has a process');
  return pid;
}

/** All that comes of a photo: what is told, and the files. */
async function outcome({ report, recipe, outputs }: DoneMessage): Promise<unknown> {
  const look = await readFile(join(folder, 'look.jpg'));
  return { report, recipe, outputs, look: look.toString('base64') };
}

async function codeOf(limits: RunLimits): Promise<string> {
  const error = await runner.run(request, limits).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof EngineError ? error.code : `no EngineError: ${String(error)}`;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Children of this process; none where the system does not tell. */
async function children(): Promise<readonly string[]> {
  const list = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8').catch(() => '');
  return list.split(' ').filter(Boolean);
}

describe('a spare process of the engine', { timeout: 120_000 }, () => {
  it('gives what a fresh process gives, is used once, and is followed by another', async () => {
    open();
    const fresh = await outcome(await runEngineChild(request));
    const spare = await readySpare();
    expect(await outcome(await runner.run(request))).toEqual(fresh);
    expect(runner.sparePid).toBeNull();
    await expect.poll(() => isThere(spare)).toBe(false);
    expect(await readySpare()).not.toBe(spare);
    // With other threads than those that it started.
    expect(await outcome(await runner.run({ ...request, threads: 1 }))).toEqual(fresh);
    expect(troubles).toEqual([]);
  });

  it('is made by itself after work, kept from inspections, and ended when nothing comes', async () => {
    open({ quietMs: 10, idleMs: 3_000 });
    const [frame] = request.frames;
    if (frame === undefined) throw new Error('the request has frames');
    const inspect: InspectRequest = { type: 'inspect', frame, outputs: [] };
    await runner.run(inspect);
    await expect.poll(() => runner.sparePid, { timeout: 30_000 }).not.toBeNull();
    const spare = runner.sparePid;
    await runner.run(inspect);
    expect(runner.sparePid).toBe(spare);
    await expect.poll(() => runner.sparePid, { timeout: 30_000 }).toBeNull();
    await expect.poll(() => isThere(spare ?? 0)).toBe(false);
    expect(troubles).toEqual([]);
  });

  it('that is killed before its photo is replaced by a fresh one, and told of', async () => {
    open();
    const spare = await readySpare();
    process.kill(spare, 'SIGKILL');
    // At once, before the runner can know.
    expect((await runner.run(request)).outputs).toHaveLength(2);
    expect(troubles.map(({ message }) => message)).toEqual([
      'A spare engine process did not take up its photo.',
    ]);
    process.kill(await readySpare(), 'SIGKILL');
    await expect.poll(() => runner.sparePid).toBeNull();
    expect(troubles.at(-1)?.message).toMatch(/ended while it waited: SIGKILL/);
    expect((await runner.run(request)).outputs).toHaveLength(2);
  });

  it.runIf(process.platform === 'linux')('that dies while it practises is told of', async () => {
    open();
    const before = await children();
    const practising = runner.prepare();
    const [pid] = (await children()).filter((child) => !before.includes(child));
    process.kill(Number(pid), 'SIGKILL');
    expect(await practising).toBe(false);
    expect(troubles.map(({ message }) => message)).toEqual([
      expect.stringMatching(/ended while it practised: SIGKILL/),
    ]);
  });

  it('that hangs is replaced by a fresh one', async () => {
    open();
    process.kill(await readySpare(), 'SIGSTOP');
    expect((await runner.run(request)).outputs).toHaveLength(2);
    expect(troubles).toHaveLength(1);
  });

  it('that is killed in the middle of its photo fails that photo and no other', async () => {
    open();
    const spare = await readySpare();
    const onProgress = (): void => {
      if (isThere(spare)) process.kill(spare, 'SIGKILL');
    };
    expect(await codeOf({ onProgress })).toBe('out_of_memory');
    expect((await runner.run(request)).outputs).toHaveLength(2);
    expect(troubles).toEqual([]);
  });

  it('keeps to the limits of its photo, which count from when it is asked', async () => {
    open();
    await readySpare();
    expect(await codeOf({ timeoutMs: 20 })).toBe('timed_out');
    await readySpare();
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    expect(await codeOf({ signal: controller.signal, onProgress })).toBe('cancelled');
    await readySpare();
    expect(await codeOf({ signal: AbortSignal.abort() })).toBe('cancelled');
    // Its heap was given to it at its start.
    expect(await codeOf({ maxOldSpaceMb: 8 })).toBe('out_of_memory');
    expect(runner.sparePid).not.toBeNull();
    expect(await codeOf({ timeoutMs: 60_000 })).toMatch(/^no EngineError: null/);
  });

  it('does not practise beside as many photos as there are places for', async () => {
    open();
    const practising = runner.prepare();
    const running = runner.run(request);
    expect(await practising).toBe(false);
    expect(await runner.prepare()).toBe(false);
    await running;
    expect(troubles).toEqual([]);
  });

  it('is gone when the runner stops, also one that still practises', async () => {
    open();
    const ready = await readySpare();
    await runner.stop();
    expect(isThere(ready)).toBe(false);
    open();
    const practising = runner.prepare();
    const before = await children();
    await runner.stop();
    expect(await practising).toBe(false);
    expect(await runner.prepare()).toBe(false);
    // Others of this process may end meanwhile; none is new, and one is gone.
    const after = await children();
    expect(after.filter((pid) => !before.includes(pid))).toEqual([]);
    if (process.platform === 'linux') expect(after.length).toBeLessThan(before.length);
    expect(troubles).toEqual([]);
  });
});
