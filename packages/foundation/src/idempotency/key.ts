/** What an `Idempotency-Key` may be: visible characters, with spaces only between them. */
export const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;
