import { ErrorCodes } from '@repo/ui/docs/error-codes';
import type { Metadata } from 'next';
import Link from 'next/link';
import { errorCodes } from '../../../lib/error-codes.ts';

export const metadata: Metadata = { title: 'Errors of the API' };

const sample = `{
  "error": {
    "code": "insufficient_credits",
    "message": "This needs 12 credits, and there are 5 left. Nothing was started: …",
    "docs": "https://photos.example.com/docs/errors/insufficient_credits",
    "requestId": "req_…",
    "details": { "needed": 12, "available": 5 }
  }
}`;

/** Every code that the API answers with. */
export default function ErrorsPage() {
  return <ErrorCodes sample={sample} entries={errorCodes} Link={Link} />;
}
