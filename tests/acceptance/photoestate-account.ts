import { randomUUID } from 'node:crypto';
import { uploadFiles } from 'slipway/client';

/** The running PhotoEstate Pro under test. */
export function photoestateUrl(): string {
  const url = process.env['PHOTOESTATE_URL'];
  if (url === undefined) throw new Error('PHOTOESTATE_URL is not set: run this through `npm test`');
  return url;
}

/** What a procedure or route answered. */
interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a black-box test reads whatever JSON comes
  body: any;
}

interface Picture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface UploadOutcome {
  name: string;
  state: string;
  error: string | null;
  code: string | null;
  photoId: string | null;
}

export interface Photographer {
  cookie: string;
  get(path: string, init?: RequestInit): Promise<Response>;
  query(path: string, input?: unknown): Promise<Answer>;
  mutate(path: string, input?: unknown): Promise<Answer>;
  createListing(address: string): Promise<string>;
  upload(listingId: string, pictures: readonly Picture[]): Promise<UploadOutcome[]>;
}

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tif: 'image/tiff',
};

/** A new person with an organization of their own, as the sign-up page makes them. */
export async function signUpPhotographer(): Promise<Photographer> {
  const base = photoestateUrl();
  const signedUp = await fetch(`${base}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({
      name: 'Pat',
      email: `${randomUUID()}@example.com`,
      password: randomUUID(),
    }),
  });
  if (!signedUp.ok)
    throw new Error(`sign-up answered ${signedUp.status}: ${await signedUp.text()}`);
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  return photographerWith(cookie);
}

/** Whoever these cookies belong to. */
export function photographerWith(cookie: string): Photographer {
  const base = photoestateUrl();
  const headers = { cookie, 'content-type': 'application/json', origin: base };
  const read = async (response: Response): Promise<Answer> => {
    const body = await response.json();
    return { status: response.status, body: body.result?.data?.json ?? body.error?.json ?? body };
  };
  const mutate = async (path: string, input?: unknown) =>
    read(
      await fetch(`${base}/api/trpc/${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ json: input }),
      }),
    );
  return {
    cookie,
    get: (path, init) => fetch(`${base}${path}`, { headers: { cookie }, ...init }),
    query: async (path, input) => {
      const encoded = encodeURIComponent(JSON.stringify({ json: input }));
      const query = input === undefined ? '' : `?input=${encoded}`;
      return read(await fetch(`${base}/api/trpc/${path}${query}`, { headers }));
    },
    mutate,
    createListing: async (address) => {
      const { status, body } = await mutate('listing.create', { address });
      if (status !== 200) throw new Error(`listing.create answered ${status}: ${body.message}`);
      return body.id;
    },
    upload: (listingId, pictures) => upload(cookie, listingId, pictures),
  };
}

async function upload(
  cookie: string,
  listingId: string,
  pictures: readonly Picture[],
): Promise<UploadOutcome[]> {
  const files = pictures.map(({ name, bytes }) => {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? '';
    return new File([new Uint8Array(bytes)], name, { type });
  });
  const items = await uploadFiles<{ listingId: string }, { photoId: string }>(files, {
    endpoint: `${photoestateUrl()}/api/uploads`,
    route: 'listingPhotos',
    input: { listingId },
    headers: { cookie },
  });
  return items.map(({ file, state, error, serverData }) => ({
    name: file.name,
    state,
    error: error?.message ?? null,
    code: error?.code ?? null,
    photoId: serverData?.photoId ?? null,
  }));
}

/** Asks again until `done` says yes. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T>,
  done: (value: T) => boolean,
): Promise<T> {
  const limit = Date.now() + 90_000;
  for (;;) {
    const value = await ask();
    if (done(value)) return value;
    if (Date.now() > limit)
      throw new Error(`waited for ${what}, last seen ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
