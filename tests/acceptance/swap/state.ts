import { createHash } from 'node:crypto';
import { type Account, slipwayUrl } from '../slipway-account.ts';

/** All that anybody can see of a file. */
export interface FileState {
  readonly view: { status: string; scan: string; size: number; sha256: string | null };
  readonly history: unknown;
  /** What its URL serves; null when there is none. */
  readonly served: {
    readonly status: number;
    readonly etag: string | null;
    readonly type: string | null;
    readonly disposition: string | null;
    readonly length: number;
    readonly sha256: string;
  } | null;
}

export async function stateOf(account: Account, id: string): Promise<FileState> {
  const get = async (path: string) => {
    const response = await fetch(`${slipwayUrl()}/api/files/${id}${path}`, {
      headers: { authorization: `Bearer ${account.key}` },
    });
    return { status: response.status, body: await response.json() };
  };
  const view = await get('');
  const history = await get('/history');
  const link = await get('/url');
  return {
    view: view.body,
    history: history.body,
    served: link.status === 200 ? await served(link.body.url) : null,
  };
}

async function served(url: string): Promise<FileState['served']> {
  const { status, headers, ...response } = await read(url);
  return {
    status,
    etag: headers.get('etag'),
    type: headers.get('content-type'),
    disposition: headers.get('content-disposition'),
    ...response,
  };
}

async function read(url: string) {
  const { status, headers, body } = await fetch(url);
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of body ?? []) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { status, headers, length, sha256: hash.digest('hex') };
}
