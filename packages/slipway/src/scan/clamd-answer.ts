import { ScannerError } from './scanner-error.ts';

export type Verdict =
  | { verdict: 'clean'; signature: null }
  | { verdict: 'infected'; signature: string };

const FOUND = /^stream: (\S(?:.*\S)?) FOUND$/;

/**
 * What clamd said about a stream. Only `stream: OK` is clean; whatever is not understood is an error.
 *
 * @throws `ScannerError`
 */
export function parseScanAnswer(answer: string): Verdict {
  if (answer === 'stream: OK') return { verdict: 'clean', signature: null };
  if (answer === 'INSTREAM size limit exceeded. ERROR') {
    throw new ScannerError(
      'too_large',
      'clamd takes no more bytes than its StreamMaxLength, and these are more.',
    );
  }
  const signature = FOUND.exec(answer)?.[1];
  if (signature === undefined) throw unexpectedAnswer('a verdict', answer);
  // With AlertExceedsMax clamd reports what it did not look into as if it were a virus.
  if (signature.startsWith('Heuristics.Limits.Exceeded')) {
    throw new ScannerError(
      'not_examined',
      `clamd reached a limit of its own and did not look at everything: ${signature}.`,
    );
  }
  return { verdict: 'infected', signature };
}

/** For what is no answer to the question; shows its beginning. */
export function unexpectedAnswer(expected: string, answer: string): ScannerError {
  const shown = JSON.stringify(answer.slice(0, 200));
  return new ScannerError('unexpected_answer', `Expected ${expected} from clamd, got ${shown}.`);
}
