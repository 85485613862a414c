import { createHmac } from 'node:crypto';
import type { Db } from '../db/index.ts';
import type { Claimed, OnceCall } from './claim.ts';

/** What a call with an `Idempotency-Key` is told, so that a second beginning finds what the first one did. */
export interface Once {
  /** Whether somebody began before, and died over it. */
  readonly again: boolean;
  /** The same id in each beginning of this call; nobody else can tell it. */
  idOf<P extends string>(prefix: P): `${P}_${string}`;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 22;

/** `since`: of the first beginning, so that a key that is used again after its day makes another. */
export function onceFor(call: OnceCall, claimed: Claimed): Once {
  const { ownerId, key, secret } = call;
  const name = ['id of an idempotent call', ownerId, key, claimed.since.getTime()];
  return {
    again: claimed.again,
    idOf: (prefix) => {
      const mac = createHmac('sha256', secret).update(JSON.stringify([...name, prefix]));
      let rest = BigInt(`0x${mac.digest('hex')}`);
      let text = '';
      for (; text.length < ID_LENGTH; rest /= 62n) text += ALPHABET[Number(rest % 62n)];
      return `${prefix}_${text}`;
    },
  };
}

/** What of the call belongs into the verbs' context; put there by `answerOnce`. */
interface Begun {
  once: Once;
  /** The transaction that the answer is part of, where there is one. */
  db?: Db;
}

const begun = new WeakMap<Request, Begun>();

export const noteBegun = (request: Request, call: Begun): unknown => begun.set(request, call);
export const begunOf = (request: Request): Begun | undefined => begun.get(request);
