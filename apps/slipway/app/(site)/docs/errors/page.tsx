import { ErrorCodes } from '@repo/ui/docs/error-codes';
import type { Metadata } from 'next';
import Link from 'next/link';
import { errorCodes } from '../../../../lib/error-codes.ts';

export const metadata: Metadata = { title: 'Errors' };

const sample = `{
  "error": {
    "code": "file_too_large",
    "message": "This project takes files of up to 5242880 bytes; this one has 9437184.",
    "docs": "https://uploads.example.com/docs/errors/file_too_large",
    "requestId": "req_…",
    "details": { "rule": "maxSize", "expected": 5242880, "received": 9437184 }
  }
}`;

export default function ErrorsPage() {
  return <ErrorCodes sample={sample} entries={errorCodes} Link={Link} />;
}
