import sharp from 'sharp';
import type { Picture8 } from '../encode/encode-image.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import type { InputFrame } from '../steps/step.ts';
import { createRandom } from './random.ts';

/** Light at a point of a made-up room; the frame usually shows 0..1 in both directions. */
export type Room = (u: number, v: number) => number;

/** Where the camera points: shift as a share of the frame, zoom above 1 is nearer, turn in radians. */
export type CameraPose = {
  readonly right?: number;
  readonly down?: number;
  readonly zoom?: number;
  readonly turn?: number;
};

type Thing = { left: number; top: number; right: number; bottom: number; light: number };

/** A room of its own for each seed: things of all sizes, from deep shadow to a lamp, seven stops apart. */
export function makeRoom(seed: number): Room {
  const random = createRandom(seed);
  const things: Thing[] = Array.from({ length: 60 }, () => {
    const [x, y] = [random() * 1.8 - 0.4, random() * 1.8 - 0.4];
    const [width, height] = [0.04 + random() * 0.4, 0.04 + random() * 0.4];
    const light = 2 ** (random() * 7 - 5.5);
    return { left: x, top: y, right: x + width, bottom: y + height, light };
  });
  return (u, v) => {
    const thing = things.findLast(
      ({ left, top, right, bottom }) => u >= left && u < right && v >= top && v < bottom,
    );
    return (thing?.light ?? 0.2) * (1 + 0.3 * Math.sin(3 * u + seed) * Math.cos(2 * v));
  };
}

export type RoomShot = CameraPose & {
  /** Exposure; at 0 the things lie around middle grey. */
  readonly ev?: number;
  /** Pixels; default 128 x 86. */
  readonly width?: number;
  readonly height?: number;
  readonly noise?: number;
};

/** Takes a picture of a room: exposed, clipped, with a little noise, 8 bits. */
export function shootRoom(room: Room, shot: RoomShot = {}): Picture8 {
  const { ev = 0, width = 128, height = 86, right = 0, down = 0, zoom = 1, turn = 0 } = shot;
  const random = createRandom(shot.noise ?? 1);
  const data = new Uint8Array(width * height * 3);
  const [cos, sin] = [Math.cos(turn) / zoom, Math.sin(turn) / zoom];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [(x + 0.5 - width / 2) / width, (y + 0.5 - height / 2) / width];
      const u = 0.5 + right + cos * dx - sin * dy;
      const v = 0.5 + down + ((sin * dx + cos * dy) * width) / height;
      const light = room(u, v) * 2 ** ev + (random() - 0.5) * 2e-3;
      const code = Math.round(linearToSrgb(Math.min(1, Math.max(0, light))) * 255);
      data.fill(code, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return { width, height, data };
}

/** The same as a JPEG without any EXIF. */
export async function roomJpeg(name: string, room: Room, shot: RoomShot): Promise<InputFrame> {
  const { width, height, data } = shootRoom(room, shot);
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  return { name, bytes: await image.jpeg({ quality: 92 }).toBuffer() };
}
