import { createPicture, type Picture } from '../pixels/picture.ts';

/** How a room is photographed. Angles in degrees. */
export type RoomShot = {
  readonly width: number;
  readonly height: number;
  /** Above 0 the camera looks down. */
  readonly pitch: number;
  /** Above 0 it is turned so that what is upright leans to the right, going down. */
  readonly roll: number;
  /** To which side of the room it looks. */
  readonly yaw?: number;
  /** Focal length, as a share of the width. */
  readonly focal?: number;
  /** What belongs at radius r (1 = half the diagonal) is drawn at r (1 + k1 r^2). */
  readonly k1?: number;
  /** Red and blue are drawn larger by these shares. */
  readonly red?: number;
  readonly blue?: number;
  /** Rays per pixel and direction; default 2. Edges lie as exactly as there are rays. */
  readonly rays?: number;
};

/** The room around the camera, in metres: left, right, ceiling, floor, behind, in front. */
const WALLS = [-3.1, 2.6, -1.25, 1.35, -1, 5.2] as const;

const RADIANS = Math.PI / 180;

/**
 * A room with doors, shelves, pictures and a tiled floor, seen through a pinhole and, if wanted, a bad
 * lens: the tilt, the distortion and the fringes of the picture are known exactly.
 */
export function photographRoom(shot: RoomShot): Picture {
  const { width, height, red = 0, blue = 0 } = shot;
  const picture = createPicture(width, height);
  const grey = red === 0 && blue === 0;
  for (const [channel, share] of [red, 0, blue].entries()) {
    if (grey && channel > 0) break;
    photographChannel(picture, shot, { channel, share });
  }
  if (grey)
    for (let i = 0; i < picture.data.length; i += 3)
      picture.data.fill(picture.data[i] as number, i, i + 3);
  return picture;
}

function photographChannel(
  { width, height, data }: Picture,
  shot: RoomShot,
  { channel, share }: { readonly channel: number; readonly share: number },
): void {
  const { focal = 0.67, k1 = 0, rays = 2 } = shot;
  const [right, down, ahead] = rotationOf(shot);
  const radius = Math.hypot(width, height) / 2;
  const depth = focal * width;
  const part = 65535 / rays / rays;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < rays * rays; k++) {
        const u = x + ((k % rays) + 0.5) / rays - width / 2;
        const v = y + (Math.floor(k / rays) + 0.5) / rays - height / 2;
        const own = 1 / (1 + share);
        const factor = own * straightened((Math.sqrt(u * u + v * v) / radius) * own, k1);
        const [s, t] = [u * factor, v * factor];
        sum += lightAlong(
          s * right[0] + t * down[0] + depth * ahead[0],
          s * right[1] + t * down[1] + depth * ahead[1],
          s * right[2] + t * down[2] + depth * ahead[2],
        );
      }
      data[(y * width + x) * 3 + channel] = Math.round(sum * part);
    }
  }
}

type Point = readonly [x: number, y: number, z: number];

/** Inverse of r (1 + k1 r^2), as a factor on r. */
function straightened(r: number, k1: number): number {
  if (k1 === 0 || r === 0) return 1;
  let straight = r;
  for (let i = 0; i < 6; i++)
    straight -= (straight * (1 + k1 * straight ** 2) - r) / (1 + 3 * k1 * straight ** 2);
  return straight / r;
}

/** What the camera's x, y and z are in the room. */
function rotationOf({ pitch, roll, yaw = 24 }: RoomShot): readonly [Point, Point, Point] {
  const [cp, sp] = [Math.cos(pitch * RADIANS), Math.sin(pitch * RADIANS)];
  const [cr, sr] = [Math.cos(roll * RADIANS), Math.sin(roll * RADIANS)];
  const [cy, sy] = [Math.cos(yaw * RADIANS), Math.sin(yaw * RADIANS)];
  // The room's vertical (0, 1, 0) is (sin roll cos pitch, cos roll cos pitch, sin pitch) to the camera.
  const level = ([x, y, z]: Point): Point => {
    const [u, v] = [x * cr - y * sr, x * sr + y * cr];
    const [w, d] = [v * cp + z * sp, -v * sp + z * cp];
    return [u * cy + d * sy, w, -u * sy + d * cy];
  };
  return [level([1, 0, 0]), level([0, 1, 0]), level([0, 0, 1])];
}

/** The first wall along a direction, and what is painted there. */
function lightAlong(x: number, y: number, z: number): number {
  const across = (x < 0 ? WALLS[0] : WALLS[1]) / x;
  const upright = (y < 0 ? WALLS[2] : WALLS[3]) / y;
  const deep = (z < 0 ? WALLS[4] : WALLS[5]) / z;
  const along = Math.min(across, upright, deep);
  const point: Point = [x * along, y * along, z * along];
  if (along === across) return paintOf(x < 0 ? 0 : 1, point);
  if (along === upright) return paintOf(y < 0 ? 2 : 3, point);
  return paintOf(z < 0 ? 4 : 5, point);
}

/** What is on a wall at a point, 0..1. */
function paintOf(wall: number, [x, y, z]: Point): number {
  if (wall === 2) return Math.abs(x - 0.4) < 0.5 && Math.abs(z - 2.4) < 0.5 ? 0.95 : 0.82;
  if (wall === 3) return tile(x) === tile(z + 0.3) ? 0.35 : 0.5;
  const along = wall < 2 ? z : x;
  if (y > 1.22) return 0.9;
  return fixtureAt(along + wall, y) ?? 0.68 + 0.01 * wall;
}

function tile(place: number): number {
  return Math.abs(Math.floor(place / 0.6)) % 2;
}

/** Doors, pictures and shelves, one after the other along a wall. */
function fixtureAt(along: number, y: number): number | null {
  const number = Math.floor(along / 1.15);
  const place = along - number * 1.15;
  const kind = Math.abs(number) % 3;
  if (kind === 0 && place > 0.15 && place < 1 && y > -0.7) {
    if (place < 0.22 || place > 0.93 || y < -0.63) return 0.88;
    return place > 0.34 && place < 0.81 && y > -0.45 && y < 0.9 ? 0.42 : 0.5;
  }
  if (kind === 1 && place > 0.25 && place < 0.9 && y > -0.75 && y < 0.1)
    return place > 0.3 && place < 0.85 && y > -0.7 && y < 0.05 ? 0.3 : 0.12;
  if (kind === 2 && place > 0.1 && place < 1.05 && y > -0.5 && y < 1.1)
    return (y + 0.5) % 0.4 < 0.05 || (place - 0.1) % 0.45 < 0.05 ? 0.25 : 0.58;
  return null;
}
