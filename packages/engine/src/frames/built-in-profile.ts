import sharp from 'sharp';
import type { Gamut } from './read-header.ts';

const known = new Map<Gamut, Promise<Uint8Array>>();

/** The ICC profile of a working space, as the encoder itself writes it. */
export function builtInProfile(gamut: Gamut): Promise<Uint8Array> {
  const made = known.get(gamut) ?? makeProfile(gamut);
  known.set(gamut, made);
  return made;
}

async function makeProfile(gamut: Gamut): Promise<Uint8Array> {
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#808080' } });
  const { icc } = await sharp(await dot.withIccProfile(gamut).png().toBuffer()).metadata();
  return icc ?? new Uint8Array(0);
}
