import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/**
 * Passes a whole file on, and holds its last bytes back until all of them have the digest that they
 * should have. Otherwise the connection breaks: whoever asked gets less than was announced, which no
 * client takes for the file, and `onDamage` is told.
 */
export function verifiedStream(sha256: string, onDamage: () => void): Transform {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      if (hash.digest('hex') === sha256) return done(null, held);
      onDamage();
      done(new Error('the stored bytes are not those that were verified'));
    },
  });
}
