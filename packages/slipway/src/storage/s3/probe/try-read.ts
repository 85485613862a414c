import { buffer } from 'node:stream/consumers';
import { ask } from './answer.ts';
import { type Bench, PROBE_TYPE } from './bench.ts';
import { type Finding, no, someBytes, trying, yes } from './finding.ts';

export function tryRange(bench: Bench): Promise<Finding> {
  return trying('reading a range', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    const body = someBytes();
    await storage.put({ key, type: PROBE_TYPE, body });
    const stream = await storage.read(key, { start: 10, end: 19 });
    const found = stream === null ? null : await buffer(stream);
    if (found?.equals(body.subarray(10, 20)) === true) return yes('the range that was asked for');
    return no(`asked for 10 of ${body.length} bytes, ${found?.length ?? 'none'} came`);
  });
}

/** What a link to a file says of it overrides what was stored. */
export function tryResponseHeaders(bench: Bench): Promise<Finding> {
  return trying('a signed GET', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    await storage.put({ key, type: PROBE_TYPE, body: someBytes() });
    const type = 'text/plain';
    const disposition = 'attachment; filename="a.txt"';
    const url = await storage.signDownload({ key, expiresInSeconds: 300, type, disposition });
    const { headers } = await ask(bench.options, url ?? '');
    const served = `${headers.get('content-type')}, ${headers.get('content-disposition')}`;
    return served === `${type}, ${disposition}`
      ? yes('type and name are served as the URL says')
      : no(`asked for ${type}, ${disposition}; served as ${served}`);
  });
}
