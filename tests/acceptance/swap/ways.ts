import { createHash, randomBytes } from 'node:crypto';
import { type Account, slipwayUrl } from '../slipway-account.ts';
import { type Answer, type Call, send } from './calls.ts';

/** A file that came, and everything that its client was told or said on the way. */
export interface Uploaded {
  readonly id: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly calls: readonly Call[];
}

/** Begins when all but the last step is done, and is not waited for before that. */
export type Meanwhile = (known: Omit<Uploaded, 'bytes'>) => Promise<void>;

export interface Way {
  readonly name: string;
  run(account: Account, meanwhile?: Meanwhile): Promise<Uploaded>;
}

const MIB = 1024 ** 2;
const TYPE = 'application/octet-stream';
const TUS = { 'tus-resumable': '1.0.0' };

const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export class RefusedCall extends Error {
  readonly status: number;

  constructor({ method, url }: Call, { status, text }: Answer) {
    super(`${method} ${url} answered ${status}: ${text}`);
    this.status = status;
  }
}

/** A client that remembers. */
function recorder(account: Account) {
  const calls: Call[] = [];
  const call = async (wish: Call): Promise<Answer> => {
    calls.push(wish);
    const answer = await send(wish);
    if (answer.status < 200 || answer.status > 299) throw new RefusedCall(wish, answer);
    return answer;
  };
  const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
    const json = new Uint8Array(Buffer.from(JSON.stringify(body)));
    const all = { 'content-type': 'application/json', ...headers };
    const { text } = await call({ method: 'POST', url, headers: all, body: json });
    return JSON.parse(text);
  };
  return {
    calls,
    call,
    post,
    /** What the customer's server says, with its key. */
    ask: (path: string, body: object) =>
      post(`${slipwayUrl()}/api${path}`, body, { authorization: `Bearer ${account.key}` }),
  };
}

async function lastly(
  known: Omit<Uploaded, 'bytes'>,
  meanwhile: Meanwhile | undefined,
  step: () => Promise<unknown>,
): Promise<void> {
  // What is sent in the middle of it is what was known before it.
  await Promise.all([meanwhile?.({ ...known, calls: [...known.calls] }), step()]);
}

const bytesOf = (size: number) => Buffer.from(randomBytes(size));

export const single = (pinned: boolean): Way => ({
  name: pinned ? 'one PUT with its digest' : 'one PUT',
  async run(account, meanwhile) {
    const { calls, call, ask } = recorder(account);
    const bytes = bytesOf(70_000);
    const sha256 = pinned ? { sha256: hex(bytes) } : {};
    const ticket = await ask('/upload-url', {
      ...{ name: 'a.bin', size: bytes.length, type: TYPE },
      ...sha256,
    });
    await call({ method: 'PUT', url: ticket.url, headers: ticket.headers, body: bytes });
    const { id } = ticket;
    await lastly({ id, calls }, meanwhile, () => ask('/upload-complete', { id }));
    return { id, bytes, calls };
  },
});

export const multipart = (digests: boolean): Way => ({
  name: digests ? 'parts with their digests' : 'parts',
  async run(account, meanwhile) {
    const { calls, call, post, ask } = recorder(account);
    const bytes = bytesOf(8 * MIB + 50_000);
    const ticket = await ask('/upload-url', {
      ...{ name: 'a.bin', size: bytes.length, type: TYPE },
      multipart: true,
    });
    await call({ method: 'GET', url: ticket.url, headers: {} });
    const { partSize } = ticket.multipart;
    const parts = [bytes.subarray(0, partSize), bytes.subarray(partSize)].map((body, index) => ({
      number: index + 1,
      ...(digests ? { sha256: hex(body) } : {}),
    }));
    const signed = await post(ticket.url, { parts });
    for (const { number, url, headers } of signed.parts) {
      const body = bytes.subarray((number - 1) * partSize, number * partSize);
      await call({ method: 'PUT', url, headers, body });
    }
    const { id } = ticket;
    await lastly({ id, calls }, meanwhile, () => ask('/upload-complete', { id }));
    return { id, bytes, calls };
  },
});

/** What a browser has: a token of its server's, and the addresses that it creates with it. */
async function tusClient(account: Account) {
  const { calls, call, ask } = recorder(account);
  const { token } = await ask('/upload-token', {});
  const creation = { ...TUS, authorization: `Bearer ${token}` };
  const locationOf = ({ headers }: Answer) =>
    new URL(headers.get('location') ?? '', slipwayUrl()).href;
  return {
    calls,
    ask,
    create: async (headers: Record<string, string>) =>
      locationOf(
        await call({
          method: 'POST',
          url: `${slipwayUrl()}/tus`,
          headers: { ...creation, ...headers },
        }),
      ),
    head: (url: string) => call({ method: 'HEAD', url, headers: TUS }),
    patch: (url: string, offset: number, body: Uint8Array<ArrayBuffer>) =>
      call({
        method: 'PATCH',
        url,
        headers: {
          ...TUS,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
        },
        body,
      }),
  };
}

const idOf = (location: string) => new URL(location).pathname.split('/').at(-1) ?? '';
const METADATA = {
  'upload-metadata': `filename ${Buffer.from('a.bin').toString('base64')}`,
};

export const tus: Way = {
  name: 'tus',
  async run(account, meanwhile) {
    const { calls, ask, create, head, patch } = await tusClient(account);
    const bytes = bytesOf(90_000);
    const url = await create({ ...METADATA, 'upload-length': String(bytes.length) });
    await patch(url, 0, bytes.subarray(0, 40_000));
    await head(url);
    const id = idOf(url);
    await lastly({ id, calls }, meanwhile, () => patch(url, 40_000, bytes.subarray(40_000)));
    await ask('/upload-complete', { id });
    return { id, bytes, calls };
  },
};

export const tusInPieces: Way = {
  name: 'tus in pieces',
  async run(account, meanwhile) {
    const { calls, ask, create, head, patch } = await tusClient(account);
    const bytes = bytesOf(90_000);
    const pieces: string[] = [];
    for (const piece of [bytes.subarray(0, 30_000), bytes.subarray(30_000)]) {
      const length = { 'upload-length': String(piece.length), 'upload-concat': 'partial' };
      const url = await create(length);
      await patch(url, 0, piece);
      pieces.push(url);
    }
    const url = await create({ ...METADATA, 'upload-concat': `final;${pieces.join(' ')}` });
    await head(url);
    const id = idOf(url);
    await lastly({ id, calls }, meanwhile, () => ask('/upload-complete', { id }));
    return { id, bytes, calls };
  },
};
