/** How the body of an HTTP/1.1 message ends. */
export type BodyRule =
  | { readonly until: 'none' | 'chunked' | 'close' }
  | { readonly until: 'length'; readonly bytes: number };

export interface Head {
  /** `PUT /path HTTP/1.1`, or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A piece of a body inside a chunk of the connection. */
export interface BodySpan {
  readonly chunk: Buffer;
  readonly start: number;
  readonly end: number;
  /** Of `start`, counted from the beginning of the body, without any framing. */
  readonly offset: number;
}

export interface FramingEvents {
  onHead(head: Head): BodyRule;
  onBody(span: BodySpan): void;
  /** The message is over. */
  onEnd(): void;
}

export interface Framing {
  push(chunk: Buffer): void;
  /** From here on nothing is HTTP any more. */
  becomeTunnel(): void;
}

type State = 'head' | 'length' | 'close' | 'chunk-size' | 'chunk-data' | 'trailers' | 'tunnel';

const LONGEST_HEAD = 64 * 1024;
const NEWLINE = 0x0a;

/** Tells the bodies from the rest in one direction of an HTTP/1.1 connection; changes nothing. */
export function createFraming(events: FramingEvents): Framing {
  let state: State = 'head';
  /** Of a head, or a line between chunks, that came in pieces. */
  let text = '';
  let remaining = 0;
  let offset = 0;

  function begin(head: Head): void {
    const rule = events.onHead(head);
    offset = 0;
    if (rule.until === 'length') {
      remaining = rule.bytes;
      state = 'length';
      if (remaining === 0) finish();
    } else if (rule.until === 'none') finish();
    else state = rule.until === 'chunked' ? 'chunk-size' : 'close';
  }

  function finish(): void {
    state = 'head';
    events.onEnd();
  }

  /** Takes text up to and with the next newline; true when there was one. */
  function takeLine(chunk: Buffer, from: number): { next: number; whole: boolean } {
    const newline = chunk.indexOf(NEWLINE, from);
    const next = newline === -1 ? chunk.length : newline + 1;
    text += chunk.toString('latin1', from, next);
    if (text.length > LONGEST_HEAD) {
      throw new Error(`expected HTTP/1.1, got a head of more than ${LONGEST_HEAD} bytes`);
    }
    return { next, whole: newline !== -1 };
  }

  function takeBody(chunk: Buffer, start: number): number {
    const end = state === 'close' ? chunk.length : Math.min(chunk.length, start + remaining);
    events.onBody({ chunk, start, end, offset });
    offset += end - start;
    remaining -= end - start;
    return end;
  }

  function step(chunk: Buffer, at: number): number {
    if (state === 'length' || state === 'chunk-data' || state === 'close') {
      const next = takeBody(chunk, at);
      if (remaining === 0 && state === 'length') finish();
      if (remaining === 0 && state === 'chunk-data') state = 'chunk-size';
      return next;
    }
    const { next, whole } = takeLine(chunk, at);
    if (!whole) return next;
    if (state === 'head') {
      if (!/\r?\n\r?\n$/.test(text)) {
        // An empty line before a message is allowed, and no message.
        if (text.trim() === '') text = '';
        return next;
      }
      const head = parseHead(text);
      text = '';
      begin(head);
      return next;
    }
    const line = text.trim();
    text = '';
    if (state === 'trailers') {
      if (line === '') finish();
    } else if (line !== '') {
      // Chunk data ends in an empty line of its own, which is skipped here.
      remaining = Number.parseInt(line, 16);
      state = remaining === 0 ? 'trailers' : 'chunk-data';
    }
    return next;
  }

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length && state !== 'tunnel'; ) at = step(chunk, at);
    },
    becomeTunnel() {
      state = 'tunnel';
    },
  };
}

function parseHead(text: string): Head {
  const [startLine = '', ...lines] = text.trim().split(/\r?\n/);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { startLine, headers };
}

export function requestBody({ headers }: Head): BodyRule {
  if (headers.get('transfer-encoding')?.endsWith('chunked')) return { until: 'chunked' };
  return { until: 'length', bytes: Number(headers.get('content-length') ?? 0) };
}

export function responseBody({ headers, startLine }: Head, method: string): BodyRule {
  const status = statusOf(startLine);
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') {
    return { until: 'none' };
  }
  if (headers.get('transfer-encoding')?.endsWith('chunked')) return { until: 'chunked' };
  const length = headers.get('content-length');
  return length === undefined ? { until: 'close' } : { until: 'length', bytes: Number(length) };
}

export function statusOf(startLine: string): number {
  return Number(startLine.split(' ')[1]);
}
