// A picture of 24 megapixels with as much detail as a photo has: noise, softened, over a gradient.
import sharp from 'sharp';
import { scriptInput, scriptResult } from '../child-process.ts';

const WIDTH = 6000;
const HEIGHT = 4000;

const { path } = scriptInput<{ path: string }>();
const grain = await sharp({
  create: {
    width: WIDTH / 4,
    height: HEIGHT / 4,
    channels: 3,
    background: '#000',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  },
})
  .png()
  .toBuffer();
const { size } = await sharp(grain)
  .resize(WIDTH, HEIGHT, { kernel: 'cubic' })
  .linear([0.8, 1, 1.1], [20, 0, 10])
  .jpeg({ quality: 90 })
  .toFile(path);
scriptResult({ size });
