import { answerParent } from '@repo/foundation/child-pool';
import sharp from 'sharp';
import type { DecoderRequest } from './protocol.ts';
import { measure, render } from './render.ts';

/**
 * A decoder process. A picture that makes a decoder crash, or eat all time or memory, takes this
 * process down and nothing else.
 */

// Each picture comes once: a cache would only hold memory. The pool runs as many of us as there are cores to use.
sharp.cache(false);
sharp.concurrency(1);
// Of all that libvips can read, only what `formats.ts` lets through.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
    'VipsForeignLoadTiffFile',
  ],
});

answerParent((message) => {
  const request = message as DecoderRequest;
  return 'measure' in request ? measure(request) : render(request);
});
