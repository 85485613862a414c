import { call, callJson, type Patience, persist, Refused, Unreachable } from './call.ts';
import { digestOf, type Subject } from './subject.ts';

export interface Server {
  readonly url: string;
  readonly apiKey: string;
}

/** What a client keeps where a crash does not reach it. */
export interface ResumeRecord {
  ticket?: Ticket;
  /** All bytes arrived, as far as the server said. */
  sent?: boolean;
}

interface Ticket {
  readonly id: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly multipart?: { readonly partSize: number; readonly partCount: number };
}

interface Session {
  readonly status: string;
  readonly parts: readonly { readonly number: number; readonly sha256: string | null }[];
}

interface PartGrant {
  readonly number: number;
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Upload work of one client: the REST API as its documentation shows it, nothing else. */
export interface Work {
  readonly server: Server;
  readonly subject: Subject;
  readonly record: ResumeRecord;
  readonly patience: Patience;
}

/** In one PUT, or in parts where the server says so; the file's id once it is ready. */
export function uploadByRest(work: Work): Promise<string> {
  return persist(work.patience, async () => {
    const { record } = work;
    record.ticket ??= await announce(work);
    const { ticket } = record;
    try {
      if (!record.sent) await send(work, ticket);
      record.sent = true;
      await untilReady(work.server, ticket.id);
    } catch (error) {
      throw onRefusal(record, error);
    }
    return ticket.id;
  });
}

const send = (work: Work, ticket: Ticket) =>
  ticket.multipart
    ? sendMissingParts(work, ticket, ticket.multipart.partSize)
    : sendWhole(work, ticket);

function announce({ server, subject }: Work): Promise<Ticket> {
  const { name, bytes, sha256, way } = subject;
  const json = {
    ...{ name, size: bytes.length, type: 'application/octet-stream' },
    ...(way === 'multipart' ? { multipart: true } : { sha256 }),
  };
  return callJson(`${server.url}/api/upload-url`, { json, headers: bearer(server) });
}

async function sendWhole({ subject }: Work, { url, headers }: Ticket): Promise<void> {
  try {
    await call(url, { method: 'PUT', headers, body: subject.bytes });
  } catch (error) {
    // Whether an earlier attempt arrived, completion tells.
    if (error instanceof Refused && (error.status === 409 || error.status === 412)) return;
    throw error;
  }
}

async function sendMissingParts(
  { subject }: Work,
  { url }: Ticket,
  partSize: number,
): Promise<void> {
  const session = await callJson<Session>(url, {});
  if (session.status !== 'pending') return;
  const there = new Map(session.parts.map(({ number, sha256 }) => [number, sha256]));
  const missing = Array.from({ length: Math.ceil(subject.bytes.length / partSize) }, (_, index) => {
    const body = subject.bytes.subarray(index * partSize, (index + 1) * partSize);
    return { number: index + 1, body, sha256: digestOf(body) };
  }).filter(({ number, sha256 }) => !there.has(number) || (there.get(number) ?? sha256) !== sha256);
  if (missing.length === 0) return;
  const wanted = missing.map(({ number, sha256 }) => ({ number, sha256 }));
  const signed = await callJson<{ parts: PartGrant[] }>(url, { json: { parts: wanted } });
  for (const grant of signed.parts) {
    const part = missing.find(({ number }) => number === grant.number);
    await call(grant.url, {
      method: 'PUT',
      headers: grant.headers,
      body: part?.body ?? Buffer.alloc(0),
    });
  }
}

/** The same bytes again may do. */
const DAMAGED = [
  'object_missing',
  'digest_mismatch',
  'checksum_mismatch',
  'BadDigest',
  'XAmzContentChecksumMismatch',
  'InvalidRequest',
];
/** The ticket is of no use any more; another may be. */
const OVER = ['url_expired', 'upload_closed', 'upload_expired', 'upload_failed', 'not_found'];

function onRefusal(record: ResumeRecord, error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  const isOver = OVER.includes(error.code);
  if (!isOver && !DAMAGED.includes(error.code)) return error;
  record.sent = false;
  if (isOver) delete record.ticket;
  return new Unreachable(error.message);
}

/** @throws Unreachable while it is not settled. */
export async function untilReady(server: Server, id: string): Promise<void> {
  const file = await callJson<{ status: string }>(`${server.url}/api/upload-complete`, {
    json: { id },
    headers: bearer(server),
  });
  if (file.status !== 'ready') throw new Unreachable(`the file is ${file.status}`);
}

export async function deleteFile(input: {
  readonly server: Server;
  readonly id: string;
  readonly patience: Patience;
}): Promise<void> {
  const { server, id, patience } = input;
  const init = { method: 'DELETE', headers: bearer(server) };
  await persist(patience, () => call(`${server.url}/api/files/${id}`, init));
}

export const bearer = ({ apiKey }: Server) => ({ authorization: `Bearer ${apiKey}` });
