/** What is gone stays gone, and what breaks a rule breaks it again; rights and states may change. */
const FINAL = new Set(['not_found', 'bad_request', 'validation_failed', 'unprocessable']);

export const mayTryAgain = (code: string): boolean => !FINAL.has(code);
