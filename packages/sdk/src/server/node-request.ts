/** What is used of a request of `node:http`, of Express and of Fastify. */
export interface NodeRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The whole path, where a router above has cut its own part off. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Set where something before has read and parsed the body. */
  readonly body?: unknown;
}

/** The handler refuses more, so no more need be held. */
const MOST = 1024 * 1024;

/** The body, also of a request that a body parser has read already. */
export async function readNodeBody(request: NodeRequest): Promise<string | Uint8Array> {
  const { body } = request;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  // Express's parsers of the past left an empty object where they had read nothing.
  if (body !== undefined && body !== null && (Object.keys(body).length > 0 || isRead(request)))
    return JSON.stringify(body);
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of request) {
    text +=
      typeof piece === 'string' ? piece : decoder.decode(piece as Uint8Array, { stream: true });
    if (text.length > MOST) break;
  }
  return text + decoder.decode();
}

const isRead = (request: NodeRequest & { readonly readableEnded?: boolean }) =>
  request.readableEnded === true;

/** The same request as `fetch` knows it. */
export function toRequest(
  {
    method = 'GET',
    url = '/',
    originalUrl = url,
    headers,
  }: Omit<NodeRequest, typeof Symbol.asyncIterator>,
  body: string | Uint8Array,
): Request {
  const list = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    // HTTP/2 has names that begin with a colon, which are no headers.
    if (value === undefined || name.startsWith(':')) continue;
    for (const text of typeof value === 'string' ? [value] : value) list.append(name, text);
  }
  const origin = `http://${list.get('host') ?? 'localhost'}`;
  const address = new URL(originalUrl, URL.canParse(origin) ? origin : 'http://localhost');
  const bodiless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return new Request(address, {
    method,
    headers: list,
    ...(!bodiless && { body: body as BodyInit }),
  });
}
