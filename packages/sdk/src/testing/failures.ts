import { type Answer, refuse } from './answer.ts';

/** What goes wrong with a request: an answer that is an error, or a connection that breaks. */
export type Fault =
  | 'drop'
  | {
      readonly status: number;
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      /** Seconds. */
      readonly retryAfter?: number | undefined;
      /** How many requests in a row. Default 1. */
      readonly times?: number | undefined;
    };

/** Planned failures, by the place where they happen. */
export function createFailures() {
  const planned: { readonly place: string; readonly faults: Fault[] }[] = [];
  return {
    plan(place: string, ...faults: Fault[]): void {
      const each = faults.flatMap((fault) =>
        Array.from({ length: fault === 'drop' ? 1 : (fault.times ?? 1) }, () => fault),
      );
      planned.push({ place, faults: each });
    },
    take({ method, url }: Request): Answer | undefined {
      const here = `${method} ${new URL(url).pathname}`;
      const fault = planned
        .find(({ place, faults }) => faults[0] && here.startsWith(place))
        ?.faults.shift();
      if (!fault || fault === 'drop') return fault;
      const { status, code = 'planned', message = 'This failure was planned.', retryAfter } = fault;
      const answer = refuse(status, code, message);
      if (retryAfter !== undefined) answer.headers.set('retry-after', String(retryAfter));
      answer.headers.set('access-control-allow-origin', '*');
      return answer;
    },
    reset: () => void planned.splice(0),
  };
}
