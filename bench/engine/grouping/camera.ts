import type { FrameInfo } from '@repo/engine';
import { readFrameInfo } from '@repo/engine';
import sharp from 'sharp';
import type { Photo } from './photos.ts';

/** How a scene was shot, the same for all its frames. */
export type Shooting = {
  /** EV of each frame against the metered exposure, in the order of shooting. */
  readonly steps: readonly number[];
  /** Milliseconds since 1970, by the camera's clock. */
  readonly start: number;
  /** Metered shutter time in seconds at f/8, ISO 200. */
  readonly time: number;
  /** Whether the camera writes fractions of a second, and the step as exposure bias. */
  readonly subSeconds: boolean;
  readonly bias: boolean;
};

const PAUSE = 400;

/** What a camera would have written into this frame, written and read back. */
export async function exifOf(photo: Photo, shooting: Shooting, index: number): Promise<FrameInfo> {
  const { steps, time } = shooting;
  const delay = steps.slice(0, index).reduce((sum, step) => sum + time * 2 ** step * 1000, 0);
  const [date = '', clock = ''] = new Date(shooting.start + index * PAUSE + delay)
    .toISOString()
    .split(/[TZ]/);
  const [seconds = '', fraction = '0'] = clock.split('.');
  const step = steps[index] ?? 0;
  const bytes = await sharp(photo.data, {
    raw: { width: photo.width, height: photo.height, channels: 3 },
  })
    .withExif({
      IFD0: { Make: 'Canon', Model: 'Canon EOS R5' },
      IFD2: {
        DateTimeOriginal: `${date.replaceAll('-', ':')} ${seconds}`,
        ...(shooting.subSeconds ? { SubSecTimeOriginal: fraction } : {}),
        ExposureTime: `${Math.round(time * 2 ** step * 1_000_000)}/1000000`,
        FNumber: '8/1',
        ISOSpeedRatings: '200',
        ...(shooting.bias
          ? { ExposureBiasValue: `${Math.round(step * 3)}/3`, ExposureMode: bracketMode(steps) }
          : {}),
      },
    })
    .jpeg()
    .toBuffer();
  return readFrameInfo(bytes);
}

/** EXIF ExposureMode: 0 automatic, 2 automatic bracket. */
function bracketMode(steps: readonly number[]): string {
  return steps.length > 1 ? '2' : '0';
}
