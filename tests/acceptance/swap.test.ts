import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Account, signUpWithProject } from './slipway-account.ts';
import { type Call, nameOf, send, variantsOf } from './swap/calls.ts';
import { settled } from './swap/settled.ts';
import { type FileState, stateOf } from './swap/state.ts';
import { sweepNow } from './swap/sweep.ts';
import {
  type Meanwhile,
  multipart,
  RefusedCall,
  single,
  tus,
  tusInPieces,
  type Uploaded,
} from './swap/ways.ts';

const WAYS = [single(false), single(true), multipart(false), multipart(true), tus, tusInPieces];
const SERVER_FAULT = 500;
const LANES = 8;

let account: Account;
/** Every file that the tests below were at, and how it was when it became ready. */
const files: { id: string; state: FileState }[] = [];

beforeAll(async () => {
  account = await signUpWithProject();
});

async function expectReady({ id, bytes }: Uploaded): Promise<FileState> {
  const state = await stateOf(account, id);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(state).toMatchObject({
    view: { status: 'ready', scan: 'not_scanned', size: bytes.length, sha256 },
    served: { status: 200, etag: `"${sha256}"`, length: bytes.length, sha256 },
  });
  return state;
}

/** One after the other, or several at once; returns those whose bytes were taken. */
async function replay(calls: readonly Call[], lanes = 1): Promise<string[]> {
  const queue = [...calls];
  const taken: string[] = [];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let call = queue.shift(); call !== undefined; call = queue.shift()) {
        const { status, text } = await send(call);
        expect(status, `${nameOf(call)}: ${text}`).toBeLessThan(SERVER_FAULT);
        const brings = ['PUT', 'PATCH'].includes(call.method) && (call.body?.length ?? 0) > 0;
        if (brings && status >= 200 && status < 300) taken.push(nameOf(call));
      }
    }),
  );
  return taken;
}

/** What is sent in between may stop an upload, but not the server. */
function expectRefusal(error: unknown): void {
  expect(error).toBeInstanceOf(RefusedCall);
  expect((error as RefusedCall).status, String(error)).toBeLessThan(SERVER_FAULT);
}

const GIVING_UP: Call = { method: 'DELETE', url: 'http://any', headers: {} };
const givesUp = ({ method, headers }: Call) =>
  method === 'DELETE' || headers['x-http-method-override'] === 'DELETE';

/** The same order in every run. */
const shuffled = (calls: readonly Call[]) =>
  calls
    .map((call, index) => ({ call, place: (index * 7_919) % calls.length }))
    .sort((a, b) => a.place - b.place)
    .map(({ call }) => call);

describe.each(WAYS)('a file that came by $name', (way) => {
  let uploaded: Uploaded;
  let before: FileState;
  let variants: Call[];

  beforeAll(async () => {
    uploaded = await way.run(account);
    before = await expectReady(uploaded);
    files.push({ id: uploaded.id, state: before });
    variants = uploaded.calls.flatMap(variantsOf);
  });

  test.each([
    ['in their order', (calls: Call[]) => calls, 1],
    ['backwards', (calls: Call[]) => calls.toReversed(), 1],
    ['mixed', shuffled, 1],
    ['at once', shuffled, LANES],
  ] as const)(
    'stays as it is when all that its client had is sent again, %s',
    async (_, order, lanes) => {
      expect(variants.length).toBeGreaterThan(20);
      expect(await replay(order(variants), lanes)).toEqual([]);
      expect(await stateOf(account, uploaded.id)).toEqual(before);
    },
  );

  test.each([
    ['without giving it up', (call: Call) => !givesUp(call)],
    ['also to give it up', () => true],
  ] as const)(
    'is what it says, or nothing, when all of it is sent while it is completed, %s',
    async (_, wanted) => {
      let id = '';
      const storm: Meanwhile = async (known) => {
        ({ id } = known);
        await replay(shuffled(known.calls.flatMap(variantsOf).filter(wanted)), LANES);
      };
      await way.run(account, storm).catch(expectRefusal);
      await settled(account, id);
      const state = await stateOf(account, id);
      // Of tus a part of other bytes may be what the client wanted, and then the rest is missing.
      if (!wanted(GIVING_UP) && !way.name.startsWith('tus'))
        expect(state.view.status).toBe('ready');
      if (state.view.status !== 'ready') {
        expect(state.served).toBeNull();
        return;
      }
      expect(state.served).toMatchObject({ status: 200, sha256: state.view.sha256 });
      files.push({ id, state });
    },
  );
});

test('and stays as it is when the sweeper was there and everything was compared', async () => {
  expect(files.length).toBeGreaterThanOrEqual(WAYS.length);
  await sweepNow(account);
  for (const { id, state } of files) expect(await stateOf(account, id)).toEqual(state);
});
