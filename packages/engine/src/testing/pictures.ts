/** Makes test pictures for every package’s tests, and reads archives of them. The bracket is also what a spare process practises on. */
export { type BracketOptions, makeBracket } from './bracket.ts';
export { makeDng } from './dng.ts';
export {
  animatedWebp,
  cmykJpeg,
  onePixel,
  pngBomb,
  profiledJpeg,
  profiledTiff,
  quadrantsHeic,
  stripPicture,
  textNamedJpg,
  tiff16,
  truncatedJpeg,
  turnedJpegWithGps,
  zeroBytes,
} from './hostile.ts';
export { renderInterior, type Scene } from './interior.ts';
export { createRandom } from './random.ts';
export { makeRoom, type RoomShot, roomJpeg } from './rooms.ts';
export { photographRoom } from './tilted-room.ts';
export { type Unpacked, unzip } from './unzip.ts';
