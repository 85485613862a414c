import { photographRoom } from '@repo/engine/test-pictures';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { journey, useBrowser } from './browser.ts';
import { type DroppedFile, dropFiles } from './drop-files.ts';
import { createListing, signUp } from './photoestate-account.ts';

useBrowser();

/** A room whose walls lean, as a camera that looks down sees it. */
async function tiltedRoom(): Promise<DroppedFile> {
  const shot = { width: 1200, height: 800, pitch: 5.5, roll: 2.5 };
  const { width, height, data } = photographRoom(shot);
  const codes = Uint8Array.from(data, (value) => value >> 8);
  const bytes = await sharp(codes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
  return { name: 'leaning.jpg', type: 'image/jpeg', bytes };
}

journey(
  'a tilted original lies on its straightened result: edge on edge, in every mode and at every zoom',
  async ({ page, problems }) => {
    await signUp(page);
    await createListing(page, '3 Leaning Lane');
    await dropFiles(page, [await tiltedRoom()]);
    await page.getByRole('button', { name: 'Enhance: Scene 1' }).click();
    await page.getByRole('menuitem', { name: 'Natural' }).click();
    const compare = page.getByRole('link', { name: 'Compare Scene 1' });
    await compare.waitFor({ timeout: 120_000 });
    await compare.click();
    await page.getByRole('slider', { name: 'Original and result' }).waitFor();
    expect(await sameEdges(page)).toBeGreaterThan(0.75);
    await page.keyboard.press('z');
    await page.getByRole('button', { name: 'Fit the window', pressed: false }).waitFor();
    expect(await sameEdges(page)).toBeGreaterThan(0.75);

    // 34 where the walls of one cross those of the other; the rest is light and contrast.
    await page.keyboard.press('d');
    const figures = page.getByText(/^Difference × 2 · /);
    await figures.waitFor();
    const [, mean] = /mean (\d+\.\d) levels/.exec(await figures.innerText()) ?? [];
    expect(Number(mean)).toBeGreaterThan(5);
    expect(Number(mean)).toBeLessThan(30);
    expect(problems).toEqual([]);
  },
);

/** How alike the edges of both sides are on the screen: the correlation of their slopes, 1 for the same. */
async function sameEdges(page: Page): Promise<number> {
  const divider = page.getByRole('slider', { name: 'Original and result' });
  const stage = page.getByRole('region', { name: 'Scene 1' });
  const arrived = () =>
    stage
      .locator('img')
      .evaluateAll((images) =>
        images.every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
      );
  await expect.poll(arrived).toBe(true);
  // Shown once it is decoded.
  await expect.poll(() => stage.locator('img.opacity-0, .animate-pulse').count()).toBe(0);
  const shown = async (key: string) => {
    await divider.press(key);
    return slopesOf(await stage.screenshot());
  };
  const [left, right] = [await shown('End'), await shown('Home')];
  return correlation(left, right);
}

/** Brightness across, from pixel to pixel, of what lies well within the stage: no label, tool or divider. */
async function slopesOf(png: Uint8Array): Promise<number[]> {
  const image = sharp(png).greyscale();
  const { width, height } = await image.metadata();
  const part = {
    left: Math.round(width * 0.15),
    top: Math.round(height * 0.2),
    width: Math.round(width * 0.7),
    height: Math.round(height * 0.6),
  };
  const { data, info } = await image.extract(part).raw().toBuffer({ resolveWithObject: true });
  const step = info.channels;
  const slopes: number[] = [];
  for (let y = 0; y < info.height; y += 1)
    for (let x = 1; x < info.width; x += 1) {
      const at = (y * info.width + x) * step;
      slopes.push((data[at] ?? 0) - (data[at - step] ?? 0));
    }
  return slopes;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const sum = (p: readonly number[], q: readonly number[]) =>
    p.reduce((total, value, index) => total + value * (q[index] ?? 0), 0);
  return sum(a, b) / Math.sqrt(sum(a, a) * sum(b, b));
}
