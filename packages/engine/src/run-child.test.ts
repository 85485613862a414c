import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnhanceRequest, InspectRequest } from './child-protocol.ts';
import type { RunLimits } from './engine-child.ts';
import { EngineError } from './errors.ts';
import { groupFrames } from './group/group-frames.ts';
import { runEngineChild } from './run-child.ts';
import type { Progress } from './steps/step.ts';
import { makeBracket, stripPicture, truncatedJpeg } from './testing/pictures.ts';

let folder: string;
let request: EnhanceRequest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-child-'));
  const frames = await makeBracket({ width: 300, height: 200 });
  for (const frame of frames) await writeFile(join(folder, frame.name), frame.bytes);
  request = {
    type: 'enhance',
    frames: frames.map(({ name }) => ({ name, path: join(folder, name) })),
    options: { preset: 'bright' },
    outputs: [
      { name: 'image', path: join(folder, 'image.jpg'), quality: 90 },
      { name: 'web', path: join(folder, 'web.webp'), maxWidth: 120, format: 'webp' },
    ],
  };
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function codeOf(limits: RunLimits, changes: Partial<EnhanceRequest> = {}): Promise<string> {
  const error = await runEngineChild({ ...request, ...changes }, limits).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof EngineError ? error.code : `no EngineError: ${String(error)}`;
}

describe('the engine in a process of its own', { timeout: 60_000 }, () => {
  it('enhances files on disk and tells progress', async () => {
    const seen: Progress[] = [];
    const done = await runEngineChild(request, { onProgress: (progress) => seen.push(progress) });
    expect(done.outputs.map(({ name, width, height }) => [name, width, height])).toEqual([
      ['image', 300, 200],
      ['web', 120, 80],
    ]);
    for (const output of done.outputs) {
      const bytes = await readFile(output.path);
      expect(bytes.length).toBe(output.bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(output.sha256);
    }
    expect(done.recipe.options).toMatchObject({ preset: 'bright', output: { quality: 90 } });
    expect(seen.at(-1)?.overall).toBeCloseTo(1, 5);
  });

  it('tells of the first look before the photo is rendered, and writes what it tells', async () => {
    const order: string[] = [];
    const firstLook = { name: 'first-look', path: join(folder, 'look.jpg'), maxWidth: 200 };
    const done = await runEngineChild(
      { ...request, firstLook, threads: 1 },
      {
        onFirstLook: ({ width, height, sha256 }) => order.push(`${width}x${height} ${sha256}`),
        onProgress: ({ step, fraction }) => order.push(`${step} ${fraction === 1}`),
      },
    );
    const bytes = await readFile(firstLook.path);
    const told = order.indexOf(`200x133 ${createHash('sha256').update(bytes).digest('hex')}`);
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(order.indexOf('encode true'));
    expect(done.outputs.map(({ name }) => name)).toEqual(['image', 'web']);
  });

  it('gives the same bytes in every process, with one thread and with several', async () => {
    // Large enough for overviews of half the size and for many strips.
    const frames = await makeBracket({ width: 2200, height: 1400, evs: [0, -2, 2] });
    const paths = frames.map(({ name }) => ({ name, path: join(folder, `large-${name}`) }));
    for (const [index, { path }] of paths.entries())
      await writeFile(path, frames[index]?.bytes ?? new Uint8Array());
    const digests: string[] = [];
    for (const threads of [1, 2, 5]) {
      const done = await runEngineChild({ ...request, frames: paths, threads });
      digests.push(done.outputs.map(({ sha256 }) => sha256).join(' '));
    }
    expect(new Set(digests).size).toBe(1);
  });

  it('inspects a frame and writes thumbnails without metadata', async () => {
    const [frame] = request.frames;
    if (frame === undefined) throw new Error('the request has frames');
    const inspect: InspectRequest = {
      type: 'inspect',
      frame,
      outputs: [
        { name: 'thumb', path: join(folder, 'thumb.webp'), maxWidth: 100, format: 'webp' },
        { name: 'preview', path: join(folder, 'preview.jpg'), maxWidth: 1600 },
      ],
    };
    const { info, outputs } = await runEngineChild(inspect);
    expect(info).toMatchObject({
      width: 300,
      height: 200,
      camera: 'Canon EOS R5',
      exposureBias: 0,
    });
    expect(outputs.map(({ name, width }) => [name, width])).toEqual([
      ['thumb', 100],
      ['preview', 300],
    ]);
    expect((await sharp(join(folder, 'preview.jpg')).metadata()).exif).toBeUndefined();
  });

  it('says in what light a frame was taken, as plain numbers', async () => {
    const [frame] = request.frames;
    if (frame === undefined) throw new Error('no frame');
    const { light } = await runEngineChild({ type: 'inspect', frame, outputs: [] });
    // The room is lit neutrally.
    expect(Math.hypot(light.lightRed, light.lightBlue)).toBeLessThan(0.3);
    expect(light.lightSigma).toBeGreaterThan(0);
    expect(light.lightSigma).toBeLessThan(1);
    expect(light.outdoors).toBe(false);
  });

  it('says what a frame shows, so that exposures of one view are found without EXIF', async () => {
    const frames = await Promise.all(
      request.frames.map(async (frame) => {
        const { info, fingerprint } = await runEngineChild({ type: 'inspect', frame, outputs: [] });
        const blank = { takenAt: null, ev: null, exposureBias: null, camera: null };
        return { ...info, ...blank, id: frame.name, fingerprint };
      }),
    );
    const ids = frames.map(({ id }) => id).sort();
    expect(groupFrames(frames)).toMatchObject({ scenes: [ids], ungrouped: [] });
  });

  it('writes thumbnails of a very tall picture', async () => {
    const tall = await stripPicture(500, 20_000);
    const path = join(folder, tall.name);
    await writeFile(path, tall.bytes);
    const { info, outputs } = await runEngineChild({
      type: 'inspect',
      frame: { name: tall.name, path },
      outputs: [
        { name: 'thumb', path: join(folder, 'tall.webp'), maxWidth: 480, format: 'webp' },
        { name: 'preview', path: join(folder, 'tall.jpg'), maxWidth: 2048 },
      ],
    });
    expect([info.width, info.height]).toEqual([500, 20_000]);
    for (const { width, height } of outputs) {
      expect(height).toBe(4096);
      expect(width).toBe(102);
    }
  });

  it('passes on what the engine refused', async () => {
    const broken = await truncatedJpeg();
    const path = join(folder, broken.name);
    await writeFile(path, broken.bytes);
    await expect(
      runEngineChild({ ...request, frames: [{ name: broken.name, path }] }),
    ).rejects.toMatchObject({
      code: 'truncated',
      message: expect.stringContaining('"truncated.jpg" is incomplete'),
    });
    expect(
      await codeOf({}, { frames: [{ name: 'gone.jpg', path: join(folder, 'gone.jpg') }] }),
    ).toBe('unreadable_file');
    expect(await codeOf({}, { outputs: [] })).toBe('invalid_request');
    expect(
      await codeOf(
        {},
        { outputs: [{ name: 'image', path: join(folder, 'no', 'such', 'folder.jpg') }] },
      ),
    ).toBe('write_failed');
  });

  it('is stopped by time, by memory and by the caller', async () => {
    expect(await codeOf({ timeoutMs: 30 })).toBe('timed_out');
    expect(await codeOf({ signal: AbortSignal.abort() })).toBe('cancelled');
    const controller = new AbortController();
    expect(await codeOf({ signal: controller.signal, onProgress: () => controller.abort() })).toBe(
      'cancelled',
    );
    expect(await codeOf({ maxOldSpaceMb: 8 })).toBe('out_of_memory');
  });

  it.runIf(process.platform === 'linux')(
    'is stopped when its resident memory grows too far',
    async () => {
      expect(await codeOf({ maxRssMb: 30 })).toBe('out_of_memory');
    },
  );

  it('rejects with what a progress callback throws instead of taking the parent down', async () => {
    const onProgress = (): void => {
      throw new Error('no screen');
    };
    await expect(runEngineChild(request, { onProgress })).rejects.toThrow('no screen');
  });

  it('exits by itself when its parent goes away', async () => {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await new Promise((resolve) => child.once('spawn', resolve));
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    expect(await exit).toBe(1);
  });
});
