import type { TunableStep } from '../../packages/engine/src/index.ts';
import {
  barrel,
  grainy,
  panelledRoomSeen,
  roomSeen,
  shaken,
  shoot,
  tilted,
  withFace,
  withSomebody,
} from './drawn-room.ts';
import { bracketOf, fileOf, finished, made, open, type Shown } from './engine-at-work.ts';
import { type Part, partOf, sideBySide } from './lay-out.ts';

/** One file of docs/engine. */
export type DocumentPicture = {
  readonly name: string;
  /** Steps that must have run, or the picture would show nothing. */
  readonly shows: readonly TunableStep[];
  readonly draw: () => Promise<Buffer>;
};

/** EV of an ordinary bracket, and of one that holds the view through the window too. */
const THREE = [-2, 0, 2];
const FIVE = [-4, -2, 0, 1.5, 3];

/** Light of a lamp, against that of the day. */
const LAMP = [1.2, 1, 0.7] as const;

const HALF = 480;
const QUARTER = 236;

export const PICTURES: readonly DocumentPicture[] = [
  { name: 'finished', shows: [], draw: drawFinished },
  { name: 'presets', shows: [], draw: drawPresets },
  { name: 'align', shows: ['align'], draw: drawAlign },
  { name: 'ghosts', shows: ['align'], draw: drawGhosts },
  { name: 'merge', shows: ['merge'], draw: drawMerge },
  { name: 'window-pull', shows: ['windowPull'], draw: drawWindowPull },
  { name: 'lens', shows: ['lens'], draw: drawLens },
  { name: 'verticals', shows: ['verticals'], draw: drawVerticals },
  { name: 'white-balance', shows: ['whiteBalance'], draw: drawWhiteBalance },
  { name: 'tone', shows: ['tone'], draw: drawTone },
  { name: 'denoise', shows: ['denoise'], draw: drawDenoise },
  { name: 'privacy', shows: ['privacy'], draw: drawPrivacy },
  { name: 'sharpen', shows: ['sharpen'], draw: drawSharpen },
  { name: 'dusk', shows: ['dusk'], draw: drawDusk },
];

/** The exposures, and the photo. */
async function drawFinished(): Promise<Buffer> {
  const files = await bracketOf(roomSeen(), [-4, 0, 3]);
  const exposures = await Promise.all(files.map(open));
  return await sideBySide([...exposures, (await finished(files)).shown], QUARTER);
}

async function drawPresets(): Promise<Buffer> {
  const files = await bracketOf(roomSeen(), FIVE);
  const looks: Shown[] = [];
  for (const preset of ['natural', 'bright', 'luxury', 'twilight'] as const)
    looks.push((await finished(files, { preset })).shown);
  return await sideBySide(looks, QUARTER);
}

async function drawAlign(): Promise<Buffer> {
  const hand = [shaken(0.006, -0.004, 0.3), shaken(0, 0, 0), shaken(-0.005, 0.006, -0.25)];
  const files = await bracketOf(
    hand.map((way) => roomSeen(way)),
    THREE,
  );
  const part = { left: 0.14, top: 0.14, width: 0.3, height: 0.3 };
  const before = await partOf(meanOf(await Promise.all(files.map(open))), part);
  const after = await partOf((await made(files, { align: true })).shown, part);
  return await sideBySide([before, after], HALF);
}

async function drawGhosts(): Promise<Buffer> {
  const places = [0.3, 0.47, 0.62];
  const files = await bracketOf(
    places.map((place) => withSomebody(roomSeen(), place)),
    [-1.5, 0, 1.5],
  );
  const exposures = await Promise.all(files.map(open));
  return await sideBySide([...exposures, (await made(files, { align: true })).shown], QUARTER);
}

async function drawMerge(): Promise<Buffer> {
  return await pair(
    await bracketOf(roomSeen(), FIVE),
    { merge: true },
    { without: { merge: false } },
  );
}

async function drawWindowPull(): Promise<Buffer> {
  return await pair(await bracketOf(roomSeen(), FIVE), { windowPull: true });
}

async function drawLens(): Promise<Buffer> {
  return await pair(await bracketOf(panelledRoomSeen(barrel(0.06)), [0.5]), { lens: true });
}

async function drawVerticals(): Promise<Buffer> {
  return await pair(await bracketOf(roomSeen(tilted(4, 2)), [0]), { verticals: true });
}

async function drawWhiteBalance(): Promise<Buffer> {
  return await pair(await bracketOf(roomSeen(), [0.6], LAMP), { whiteBalance: true });
}

async function drawTone(): Promise<Buffer> {
  return await pair(await bracketOf(roomSeen(), FIVE), { tone: true });
}

async function drawDenoise(): Promise<Buffer> {
  const part = { left: 0.3, top: 0.16, width: 0.25, height: 0.25 };
  return await pair(await bracketOf(grainy(roomSeen(), 0.004), [0.5]), { denoise: true }, { part });
}

/** The face is found, the painting is given. */
async function drawPrivacy(): Promise<Buffer> {
  const boxes = [{ left: 0.17, top: 0.19, width: 0.22, height: 0.24 }];
  return await pair([await fileOf(withFace(shoot(withSomebody(roomSeen(), 0.48), 0.5)))], {
    privacy: { boxes },
  });
}

async function drawSharpen(): Promise<Buffer> {
  const part = { left: 0.73, top: 0.36, width: 0.1, height: 0.1 };
  return await pair(await bracketOf(roomSeen(), [-3.5]), { sharpen: true }, { part });
}

async function drawDusk(): Promise<Buffer> {
  const files = await bracketOf(roomSeen(), FIVE);
  const day = (await finished(files)).shown;
  const dusk = (await finished(files, { preset: 'twilight' })).shown;
  return await sideBySide([day, dusk], HALF);
}

type Steps = Parameters<typeof made>[1];

/** What simply laying the exposures over each other gives. */
function meanOf(pictures: readonly Shown[]): Shown {
  const [first] = pictures;
  if (first === undefined) throw new RangeError('no picture to show');
  const sum = (i: number): number =>
    pictures.reduce((total, { data }) => total + (data[i] as number), 0);
  return { ...first, data: first.data.map((_, i) => Math.round(sum(i) / pictures.length)) };
}

/** Without and with these steps, whole or a part of it. */
async function pair(
  files: readonly Uint8Array[],
  steps: Steps,
  { part = null, without = {} }: { readonly part?: Part | null; readonly without?: Steps } = {},
): Promise<Buffer> {
  const both = [(await made(files, without)).shown, (await made(files, steps)).shown];
  const shown = part === null ? both : await Promise.all(both.map((one) => partOf(one, part)));
  return await sideBySide(shown, HALF);
}
