import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { ProjectRules } from '../project/schema.ts';

/** Refuses at once what could never become ready. @throws `file_too_large` */
export function checkScannable(
  { scanner }: SlipwayContext,
  { size, policy }: { size: number; policy: ProjectRules['scan'] },
): void {
  if (policy !== 'required' || scanner === null || size <= scanner.maxBytes) return;
  throw slipwayError(
    'file_too_large',
    `This project takes only files that were scanned, and the scanner takes up to ${scanner.maxBytes} bytes; this one has ${size}.`,
    { details: { rule: 'scan', expected: scanner.maxBytes, received: size } },
  );
}
