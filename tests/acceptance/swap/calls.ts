/** One request of a client, as it can be sent again. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

export interface Answer {
  /** 0 when the connection was cut before an answer: a body was refused while it was being sent. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const METHODS = ['PUT', 'POST', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS'];
const WITHOUT_BODY = ['GET', 'HEAD'];
/** Of what is larger, not every variant is sent with all of its bytes. */
const SMALL = 100_000;

export async function send({ method, url, headers, body }: Call): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined || WITHOUT_BODY.includes(method) ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch {
    return { status: 0, headers: new Headers(), text: '' };
  }
}

/** As many bytes, none of them the same. */
export const otherBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(bytes, (byte) => byte ^ 0xff);

function longerBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  return longer;
}

/** The call itself, and whatever else somebody could try with what it shows. */
export function variantsOf(call: Call): Call[] {
  const { url, body = new Uint8Array() } = call;
  const short = { ...call, body: body.slice(0, SMALL) };
  const bodies =
    call.body === undefined
      ? []
      : [otherBytes(body), body.slice(1), longerBytes(body), new Uint8Array()];
  return [
    call,
    ...bodies.map((other) => ({ ...call, body: other })),
    ...METHODS.filter((method) => method !== call.method).map((method) => ({ ...short, method })),
    ...['PUT', 'PATCH', 'DELETE'].map((method) => ({
      ...short,
      method: 'POST',
      headers: { ...call.headers, 'x-http-method-override': method },
    })),
    ...changedQueries(url).map((changed) => ({ ...short, url: changed })),
    ...changedPlaces(short),
  ];
}

/** Another part's number, another size, a later end: each without the signature for it. */
function changedQueries(address: string): string[] {
  const { searchParams } = new URL(address);
  return [...searchParams]
    .filter(([name, value]) => name !== 'signature' && /^\d+$/.test(value))
    .map(([name, value]) => {
      const changed = new URL(address);
      changed.searchParams.set(name, String(Number(value) + 1));
      return changed.href;
    });
}

/** Of tus: bytes for the beginning, for the end, and a length that leaves room for more. */
function changedPlaces(call: Call): Call[] {
  const offset = call.headers['upload-offset'];
  if (offset === undefined) return [];
  const size = call.body?.length ?? 0;
  return ['0', String(Number(offset) + size)].flatMap((place) => {
    const headers = { ...call.headers, 'upload-offset': place };
    const longer = { ...headers, 'upload-length': String(Number(offset) + 2 * size) };
    return [
      { ...call, headers },
      { ...call, headers: longer },
    ];
  });
}

/** For people who read a failure. */
export const nameOf = ({ method, url, headers }: Call): string =>
  `${method} ${new URL(url).pathname} ${JSON.stringify(headers)}`;
