import { type Bench, PROBE_TYPE } from './bench.ts';
import { type Finding, holds, no, someBytes, trying, yes } from './finding.ts';

const MIB = 1024 ** 2;
/** S3 copies ranges of larger objects only, and takes no smaller parts. */
const RANGE = 5 * MIB;

export function tryCopy(bench: Bench): Promise<Finding> {
  return trying('a copy inside the bucket', async () => {
    const storage = bench.storage({ copy: true });
    const [from, to] = [bench.newKey(), bench.newKey()];
    const body = someBytes();
    await storage.put({ key: from, type: PROBE_TYPE, body });
    await storage.copy({ from, to, type: 'text/plain' });
    if (!(await holds(storage, to, body))) return no('a copy is not what was copied');
    const type = (await storage.head(to))?.type;
    return type === 'text/plain'
      ? yes('objects are copied inside the bucket')
      : no(`a copy got the type ${type ?? 'none'}; expected text/plain`);
  });
}

export function tryCopyPart(bench: Bench): Promise<Finding> {
  return trying('a copy of a range inside the bucket', async () => {
    const storage = bench.storage({ multipart: true, copyPart: true });
    const from = bench.newKey();
    const body = Buffer.concat([Buffer.alloc(RANGE, someBytes(997)), someBytes(1024)]);
    await storage.put({ key: from, type: PROBE_TYPE, body });
    const upload = await bench.openMultipart(storage);
    const ranges = [
      { start: 0, end: RANGE - 1 },
      { start: RANGE, end: body.length - 1 },
    ];
    for (const [index, range] of ranges.entries())
      await storage.copyPart({ ...upload, number: index + 1, from, range });
    const parts = (await storage.listParts(upload)) ?? [];
    await storage.completeMultipart({ ...upload, type: PROBE_TYPE, parts });
    return (await holds(storage, upload.key, body))
      ? yes('ranges of objects are copied inside the bucket')
      : no('copied ranges became another object than was copied');
  });
}
