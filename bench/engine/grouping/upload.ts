import { readFile } from 'node:fs/promises';
import { type GroupableFrame, groupFrames, readFrameInfo } from '@repo/engine';
import { createRandom } from '@repo/engine/test-pictures';
import { fingerprintOf } from '../../../packages/engine/src/group/fingerprint.ts';
import { exifOf, type Shooting } from './camera.ts';
import { type Fixture, loadPhoto, type Photo, type Pose, STILL, viewFrom } from './photos.ts';

/** A photo of the sets, decoded once. */
export type Loaded = Fixture & { readonly photo: Photo };

/** A frame of an upload and the scene that it truly belongs to. */
export type Uploaded = { readonly scene: string; readonly frame: GroupableFrame };

/** No bracket of the photo sets has more; the usual limit of nine would cut them. */
export const MOST_FRAMES = 40;

export type Random = () => number;

export async function loadAll(fixtures: readonly Fixture[]): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (const fixture of fixtures) loaded.push({ ...fixture, photo: await loadPhoto(fixture.file) });
  return loaded;
}

/** A frame of which nothing is known but its pixels; its name says nothing either. */
export function bareFrame(photo: Photo, random: Random): GroupableFrame {
  const name = Math.floor(random() * 2 ** 40).toString(36);
  return {
    id: name,
    name: `${name}.jpg`,
    takenAt: null,
    ev: null,
    exposureBias: null,
    width: photo.width,
    height: photo.height,
    camera: null,
    fingerprint: fingerprintOf(photo),
  };
}

/** Each frame as it is, or from a hand that moved 5 % and turned two degrees at most. */
export function poseOf(handHeld: boolean, random: Random): Pose {
  if (!handHeld) return STILL;
  const about = (most: number): number => (random() * 2 - 1) * most;
  return {
    keep: 0.9,
    right: about(0.025),
    down: about(0.025),
    turn: about((1 * Math.PI) / 180),
    scale: 1 + about(0.01),
  };
}

export function bareUpload(loaded: readonly Loaded[], handHeld: boolean, seed: number): Uploaded[] {
  const random = createRandom(seed);
  return loaded.map(({ scene, photo }) => ({
    scene,
    frame: bareFrame(viewFrom(photo, poseOf(handHeld, random)), random),
  }));
}

/**
 * The same with what cameras write: the file's own EXIF where it has a date and an exposure, or else
 * that of one camera that took one scene after the other.
 */
export async function exifUpload(
  loaded: readonly Loaded[],
  handHeld: boolean,
  seed: number,
): Promise<Uploaded[]> {
  const random = createRandom(seed);
  const shootings = shootAll(loaded, random);
  const frames: Uploaded[] = [];
  for (const { scene, file, photo } of loaded) {
    const view = viewFrom(photo, poseOf(handHeld, random));
    const bare = bareFrame(view, random);
    const own = await readFrameInfo(await readFile(file));
    const shot = shootings.get(scene);
    const index = shot?.order.indexOf(file) ?? 0;
    const info =
      own.takenAt !== null && own.ev !== null
        ? own
        : await exifOf(view, shot?.shooting ?? SINGLE, index);
    const { width, height } = bare;
    frames.push({ scene, frame: { ...bare, ...info, width, height } });
  }
  return frames;
}

const SINGLE: Shooting = { steps: [0], start: 0, time: 1 / 30, subSeconds: true, bias: true };

type Shot = { readonly order: readonly string[]; readonly shooting: Shooting };

/** Scenes in any order; a bracket from dark to bright, or the middle first, then darker, brighter ... */
function shootAll(loaded: readonly Loaded[], random: Random): Map<string, Shot> {
  const scenes = shuffled([...new Set(loaded.map(({ scene }) => scene))], random);
  const shots = new Map<string, Shot>();
  let start = Date.parse('2026-05-01T09:00:00Z');
  for (const scene of scenes) {
    const rising = loaded
      .filter((entry) => entry.scene === scene)
      .sort((a, b) => brightness(a.photo) - brightness(b.photo));
    const step = rising.length > 12 ? 1 / 3 : rising.length > 5 ? 1 : 2;
    const ladder = rising.map(({ file }, i) => ({ file, ev: (i - (rising.length >> 1)) * step }));
    const zigzag = random() < 0.5;
    if (zigzag) ladder.sort((a, b) => Math.abs(a.ev) - Math.abs(b.ev) || a.ev - b.ev);
    const shooting = {
      steps: ladder.map(({ ev }) => ev),
      start,
      time: 2 ** -Math.floor(4 + random() * 5),
      subSeconds: random() < 0.5,
      bias: random() < 0.6,
    };
    shots.set(scene, { order: ladder.map(({ file }) => file), shooting });
    const length = shooting.steps.reduce((sum, ev) => sum + shooting.time * 2 ** ev + 0.4, 0);
    start += Math.round((length + 6 + random() * 54) * 1000);
  }
  return shots;
}

export function brightness({ data }: Photo): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** How an upload was sorted, against the truth. */
export type Sorted = {
  readonly frames: number;
  /** Frames in the group that has most of their scene, each group counting for one scene. */
  readonly framesRight: number;
  readonly scenes: number;
  readonly scenesRight: number;
  /** Groups with frames of two scenes. */
  readonly wrongMerges: number;
  /** Scenes that came out wrong. */
  readonly wrong: readonly string[];
};

export function sortUpload(upload: readonly Uploaded[], seed: number): Sorted {
  const mixed = shuffled(upload, createRandom(seed));
  const { scenes, ungrouped } = groupFrames(
    mixed.map(({ frame }) => frame),
    { maxFrames: MOST_FRAMES },
  );
  const groups = [...scenes, ...ungrouped.map((id) => [id])];
  const sceneOf = new Map(upload.map(({ frame, scene }) => [frame.id, scene]));
  const sizes = countBy(upload.map(({ scene }) => scene));
  const shares = groups
    .flatMap((ids, group) =>
      [...countBy(ids.map((id) => sceneOf.get(id) ?? ''))].map(([scene, shared]) => ({
        scene,
        group,
        shared,
        exact: shared === ids.length && shared === sizes.get(scene),
      })),
    )
    .sort((a, b) => b.shared - a.shared);
  const usedScenes = new Set<string>();
  const usedGroups = new Set<number>();
  let framesRight = 0;
  for (const { scene, group, shared } of shares) {
    if (usedScenes.has(scene) || usedGroups.has(group)) continue;
    usedScenes.add(scene);
    usedGroups.add(group);
    framesRight += shared;
  }
  const exact = new Set(shares.filter((share) => share.exact).map(({ scene }) => scene));
  return {
    frames: upload.length,
    framesRight,
    scenes: sizes.size,
    scenesRight: exact.size,
    wrongMerges: shares.length - groups.length,
    wrong: [...sizes.keys()].filter((scene) => !exact.has(scene)),
  };
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
