import { type Account, signUpWithProject, slipwayUrl } from '../slipway-account.ts';

export interface Specimen {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface File {
  readonly id: string;
  readonly key: string;
  readonly url: string;
  readonly status: string;
  readonly scan: string;
}

/** How far a file came. */
export type Outcome =
  | { readonly end: 'ready'; readonly file: File }
  | { readonly end: 'unannounced' | 'rejected'; readonly code: string; readonly id: string };

export type Customer = Awaited<ReturnType<typeof newCustomer>>;

const RULES = { allowedTypes: [], maxSize: 1e9, maxFiles: null, visibility: 'public' };

/** A project that takes everything and shows it to everybody. */
export async function newCustomer(rules: object = {}) {
  const account: Account = await signUpWithProject();
  await account.setRules({ ...RULES, ...rules });

  async function call(path: string, body?: object) {
    const response = await fetch(`${slipwayUrl()}/api${path}`, {
      headers: { authorization: `Bearer ${account.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  return {
    account,
    call,
    async upload({ name, type, bytes }: Specimen): Promise<Outcome> {
      const announced = await call('/upload-url', { name, type, size: bytes.length });
      if (announced.status !== 201)
        return { end: 'unannounced', code: announced.body.error.code, id: '' };
      const { id, url, headers } = announced.body;
      const put = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
      if (!put.ok) throw new Error(`the bytes of ${name} were not taken: ${await put.text()}`);
      let done = await call('/upload-complete', { id });
      for (let asked = 0; done.status === 202 && asked < 50; asked += 1)
        done = await call('/upload-complete', { id });
      if (done.status !== 200) return { end: 'rejected', code: done.body.error.code, id };
      return { end: 'ready', file: done.body };
    },
    /** One that has to be taken. */
    async store(specimen: Specimen): Promise<File> {
      const outcome = await this.upload(specimen);
      if (outcome.end === 'ready') return outcome.file;
      throw new Error(`${specimen.name} (${specimen.type}) was ${outcome.end}: ${outcome.code}`);
    },
  };
}
