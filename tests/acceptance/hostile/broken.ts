/** A picture with something wrong in it, the same in every run: bits, lengths, pieces missing or doubled. */
export function broken(picture: Buffer, seed: number): Buffer {
  const changed = Buffer.from(picture);
  const at = (step: number) => 4 + ((seed * 7_919 + step * 104_729) % (picture.length - 8));
  switch (seed % 6) {
    case 0:
      for (let step = 0; step < 16; step += 1) changed[at(step)] = (changed[at(step)] ?? 0) ^ 0x55;
      return changed;
    case 1:
      return changed.subarray(0, at(0));
    case 2:
      return changed.fill(0xff, at(0), at(0) + 64);
    case 3:
      changed.writeUInt32BE(0x7fff_ffff, at(0));
      return changed;
    case 4:
      return Buffer.concat([changed.subarray(0, at(0)), changed.subarray(at(1))]);
    default:
      return Buffer.concat([changed.subarray(0, at(0)), changed]);
  }
}
