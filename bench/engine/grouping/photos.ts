import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** A decoded photo: interleaved 8-bit RGB. */
export type Photo = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** A frame of the photo sets and the scene it belongs to. */
export type Fixture = { readonly scene: string; readonly file: string };

const BRACKETS = [
  'brackets_empa',
  'brackets_fairchild',
  'brackets_handheld',
  'brackets_interior',
  'brackets_mef17',
] as const;
const SINGLES = 'houses';

export const PHOTO_SETS = [...BRACKETS, SINGLES];

/** Long side in pixels of the photos the bench works with. */
const SIDE = 480;

/** Every bracket of the photo sets, folder by folder, and every single photo as a scene of its own. */
export function listFixtures(data: string): Fixture[] {
  const brackets = BRACKETS.flatMap((set) =>
    readdirSync(join(data, set)).flatMap((scene) =>
      pictures(join(data, set, scene)).map((file) => ({ scene, file })),
    ),
  );
  const singles = pictures(join(data, SINGLES)).map((file) => ({ scene: file, file }));
  return [...brackets, ...singles];
}

function pictures(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.txt'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Reads a photo and cuts it to 3:2 (upright: 2:3) at one size for all, as if one camera had taken
 * everything: the sizes of the files would give most scenes away.
 */
export async function loadPhoto(file: string): Promise<Photo> {
  const image = sharp(file).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
  const { width, height } = await sharp(file).metadata();
  const short = Math.round((SIDE * 2) / 3);
  const size = height > width ? { width: short, height: SIDE } : { width: SIDE, height: short };
  const { data, info } = await image
    .resize({ ...size, fit: 'cover' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Where the camera points and stands. */
export type Pose = {
  /** Share of the photo that is kept: 0.9 leaves room to move. */
  readonly keep: number;
  /** Shift of what is kept, as a share of the photo's width and height. */
  readonly right: number;
  readonly down: number;
  /** Radians. */
  readonly turn: number;
  /** Photo pixels for one pixel of the view: below 1 is nearer. */
  readonly scale: number;
};

export const STILL: Pose = { keep: 0.9, right: 0, down: 0, turn: 0, scale: 1 };

/** The part of a photo that a camera in this pose sees, bilinear. */
export function viewFrom(photo: Photo, pose: Pose): Photo {
  const width = Math.round(photo.width * pose.keep);
  const height = Math.round(photo.height * pose.keep);
  const data = new Uint8Array(width * height * 3);
  const across = Math.cos(pose.turn) * pose.scale;
  const along = Math.sin(pose.turn) * pose.scale;
  const middle = {
    x: photo.width * (0.5 + pose.right) - 0.5,
    y: photo.height * (0.5 + pose.down) - 0.5,
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - (width - 1) / 2, y - (height - 1) / 2];
      const fromX = clamp(middle.x + across * dx - along * dy, photo.width);
      const fromY = clamp(middle.y + along * dx + across * dy, photo.height);
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [fx, fy] = [fromX - left, fromY - top];
      const above = (top * photo.width + left) * 3;
      const below = above + photo.width * 3;
      for (let c = 0; c < 3; c++) {
        const upper = mix(photo.data[above + c] as number, photo.data[above + 3 + c] as number, fx);
        const lower = mix(photo.data[below + c] as number, photo.data[below + 3 + c] as number, fx);
        data[(y * width + x) * 3 + c] = Math.round(mix(upper, lower, fy));
      }
    }
  }
  return { width, height, data };
}

function clamp(place: number, size: number): number {
  return Math.min(Math.max(0, place), size - 1.001);
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
