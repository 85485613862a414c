import {
  type Clipping,
  clippingMask,
  type Difference,
  differenceOf,
  type Histogram,
  histogramOf,
  laidOn,
  type Pixels,
} from './analysis.ts';
import { drawnSize, inverted, type Projection, type Quad } from './projection.ts';
import type { Size } from './view.ts';

export type Question =
  | { id: number; kind: 'histogram'; url: string; part: Quad }
  | { id: number; kind: 'mask'; url: string }
  /** `there` leads from shares of the left one to those of the right one. */
  | { id: number; kind: 'difference'; left: string; right: string; there: Projection };

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

/** The codes of a picture, in the size that is asked for. */
function pixelsOf(bitmap: ImageBitmap, size: Size = bitmap): Pixels {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('there is no canvas');
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height);
}

function wholePixels({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
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
      const [left, right] = await Promise.all([load(question.left), load(question.right)]);
      const shape = right.height / right.width;
      const size = wholePixels({ width: differenceWidth, height: differenceWidth * shape });
      // Drawn as large as it lies there, so that each of its pixels is looked at once.
      const drawn = pixelsOf(left, wholePixels(drawnSize(question.there, size)));
      const a = laidOn(drawn, inverted(question.there), size);
      const b = pixelsOf(right, size);
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
