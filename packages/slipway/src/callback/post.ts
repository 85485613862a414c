import { type GuardedFetch, GuardedFetchError } from '@repo/foundation/guarded-fetch';

const ANSWER_BYTES = 65_536;

export type Answer =
  | { kind: 'result'; result: string }
  /** May go better next time. */
  | { kind: 'problem'; problem: string }
  /** The server does not want this one, whenever it is asked. */
  | { kind: 'refused'; problem: string }
  /** An address that nobody asks from here. */
  | { kind: 'unreachable'; problem: string };

interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** One attempt. Throws only when it was stopped on this side. */
export async function postCallback(
  outgoing: GuardedFetch,
  { url, headers, ...message }: Message,
): Promise<Answer> {
  try {
    const { status, body, isCut } = await outgoing.send(url, {
      ...message,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Slipway-Callbacks/1.0',
        ...headers,
      },
      maxBytes: ANSWER_BYTES,
    });
    const text = body.toString('utf8');
    if (isCut) return { kind: 'refused', problem: `It answered more than ${ANSWER_BYTES} bytes.` };
    if (status === 410 || status === 422) {
      return { kind: 'refused', problem: `It answered ${status}: ${text.slice(0, 300)}` };
    }
    if (status < 200 || status >= 300) {
      return { kind: 'problem', problem: `It answered ${status}: ${text.slice(0, 300)}` };
    }
    return resultOf(text);
  } catch (error) {
    if (!(error instanceof GuardedFetchError) || error.reason === 'stopped') throw error;
    const refused = error.reason === 'address_refused' || error.reason === 'url_refused';
    return { kind: refused ? 'unreachable' : 'problem', problem: error.message };
  }
}

/** Any page answers 200; whoever ran the callback says `serverData`. */
function resultOf(text: string): Answer {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'serverData' in answer) {
      return { kind: 'result', result: JSON.stringify(answer.serverData ?? null) };
    }
  } catch {
    // Said below.
  }
  return { kind: 'problem', problem: 'Expected JSON with "serverData" from an upload handler.' };
}
