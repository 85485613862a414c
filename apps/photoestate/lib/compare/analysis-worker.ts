import {
  type Clipping,
  clippingMask,
  type Difference,
  differenceOf,
  type Histogram,
  histogramOf,
  type Pixels,
} from './analysis.ts';
import type { Box, Size } from './view.ts';

type Part = { url: string; part: Box };

export type Question =
  | ({ id: number; kind: 'histogram' } & Part)
  | { id: number; kind: 'mask'; url: string }
  | { id: number; kind: 'difference'; left: Part; right: Part };

export type Answer =
  | { id: number; histogram: Histogram & Clipping; milliseconds: number }
  | { id: number; mask: ImageBitmap }
  | { id: number; difference: Difference }
  | { id: number; error: string };

/** Wide enough for a figure in whole percent. */
const differenceWidth = 1024;

// Both sides are asked about more than once, and none other for long.
const kept = new Map<string, Promise<ImageBitmap>>();
const most = 3;

function load(url: string): Promise<ImageBitmap> {
  const known = kept.get(url);
  if (known !== undefined) return known;
  const loading = fetchPicture(url);
  kept.set(url, loading);
  loading.catch(() => kept.delete(url));
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) {
    void kept.get(oldest)?.then((bitmap) => bitmap.close());
    kept.delete(oldest);
  }
  return loading;
}

async function fetchPicture(url: string): Promise<ImageBitmap> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the picture was answered with ${response.status}`);
  return createImageBitmap(await response.blob());
}

/** The codes of a part (0..1) of a picture, in the size that is asked for. */
function pixelsOf(bitmap: ImageBitmap, part?: Box, size: Size = bitmap): Pixels {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('there is no canvas');
  const { x, y, width, height } = part ?? { x: 0, y: 0, width: 1, height: 1 };
  const from = [x * bitmap.width, y * bitmap.height] as const;
  const taken = [width * bitmap.width, height * bitmap.height] as const;
  context.drawImage(bitmap, ...from, ...taken, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height);
}

async function answer(question: Question): Promise<Answer> {
  const { id } = question;
  switch (question.kind) {
    case 'histogram': {
      const bitmap = await load(question.url);
      const start = performance.now();
      const histogram = histogramOf(pixelsOf(bitmap), question.part);
      return { id, histogram, milliseconds: performance.now() - start };
    }
    case 'mask': {
      const { data, width, height } = clippingMask(pixelsOf(await load(question.url)));
      const image = new ImageData(width, height);
      image.data.set(data);
      return { id, mask: await createImageBitmap(image) };
    }
    case 'difference': {
      const [left, right] = await Promise.all([load(question.left.url), load(question.right.url)]);
      const { part } = question.right;
      const shape = (part.height * right.height) / (part.width * right.width);
      const size = {
        width: differenceWidth,
        height: Math.max(1, Math.round(differenceWidth * shape)),
      };
      const a = pixelsOf(left, question.left.part, size);
      const b = pixelsOf(right, part, size);
      return { id, difference: differenceOf(a, b) };
    }
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (found) => self.postMessage(found, { transfer: 'mask' in found ? [found.mask] : [] }),
    (error: unknown) => self.postMessage({ id: data.id, error: String(error) } satisfies Answer),
  );
});
