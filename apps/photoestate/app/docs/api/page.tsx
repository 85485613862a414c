import { ApiReference } from '@repo/ui/docs/api-reference';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'API reference' };

export default function ApiReferencePage() {
  return (
    <ApiReference documentUrl="/api/v1/openapi.json" title="API reference – PhotoEstate Pro" />
  );
}
