import { createHash, randomUUID } from 'node:crypto';
import type { SlipwayContext } from '../../context.ts';
import type { ProjectRules } from '../../project/schema.ts';
import type { ServedSlipway } from '../../testing/serve.ts';

/** Nobody finds anything in it. */
export const CLEAN: Buffer = Buffer.from('Nothing to see here.\n');
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
/** Bytes that no other test has, so that no verdict is known. */
export const fresh = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from(randomUUID())]);
export const later = (ctx: SlipwayContext, minutes: number): SlipwayContext => ({
  ...ctx,
  now: () => new Date(Date.now() + minutes * 60_000),
});
export const stored = (slipway: ServedSlipway, key: string) =>
  slipway.runtime.storages.default.head(key);
/** What `downloads` finds of a file that nobody may have. */
export const UNREACHABLE = { status: 404, signed: 409 };

/** A customer, who has nothing but a key and the API. */
export async function customerOf(slipway: ServedSlipway, scan: ProjectRules['scan']) {
  const tenant = await slipway.tenant();
  const project = await slipway.project(tenant, { scan, visibility: 'public' });
  const headers = { authorization: `Bearer ${project.key}`, 'content-type': 'application/json' };
  const call = async (path: string, body?: object) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${slipway.url}/api${path}`, { headers, ...init });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const announce = (size: number, type: string) =>
    call('/upload-url', { name: type === 'text/plain' ? 'letter.txt' : 'letters', size, type });
  return {
    tenant,
    projectId: project.id,
    announce,
    async send(bytes: Buffer, type = 'text/plain') {
      const ticket = (await announce(bytes.length, type)).body;
      const put = await fetch(ticket.url, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: ticket.headers,
      });
      if (!put.ok) throw new Error(`the bytes were not taken: ${await put.text()}`);
      return ticket as { id: string; key: string };
    },
    complete: (id: string) => call('/upload-complete', { id }),
    get: async (id: string) => (await call(`/files/${id}`)).body,
    history: async (id: string) => (await call(`/files/${id}/history`)).body.data,
    /** Every way to the bytes that there is. */
    async downloads({ id, key }: { id: string; key: string }) {
      const plain = await fetch(`${slipway.url}/f/${key}`);
      const bytes = Buffer.from(await plain.arrayBuffer());
      const signed = await call(`/files/${id}/url`);
      return { status: plain.status, bytes, signed: signed.status };
    },
  };
}
