import { makeBracket } from '@repo/engine/test-pictures';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { DroppedFile } from './drop-files.ts';

export const SIZE = { width: 960, height: 640 };

/** Exposures of one room; each seed is another one, at another time. */
export async function bracket(
  evs: readonly number[],
  seed: number,
  size = SIZE,
): Promise<DroppedFile[]> {
  const startAt = new Date(Date.UTC(2026, 4, 1, 10, seed));
  const frames = await makeBracket({ ...size, evs, seed, startAt });
  return frames.map(({ name, bytes }) => ({ name, type: 'image/jpeg', bytes }));
}

/** The scenes on the worktable, each as its number of exposures, fewest first. */
export async function scenes(page: Page): Promise<string[]> {
  const cards = page.getByRole('list', { name: 'Scenes' }).locator('> li');
  const texts = await cards.allInnerTexts();
  return texts.map((text) => /\d+ exposures?/.exec(text)?.[0] ?? '').sort();
}

/** A wall and nothing else: no camera would call it sharp. */
export async function plainWall(): Promise<DroppedFile> {
  const { width, height } = SIZE;
  const grey = { r: 120, g: 118, b: 114 };
  const bytes = await sharp({ create: { width, height, channels: 3, background: grey } })
    .jpeg()
    .toBuffer();
  return { name: 'wall.jpg', type: 'image/jpeg', bytes };
}
