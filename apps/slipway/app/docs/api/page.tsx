import { mainId, SkipLink } from '@repo/ui/app-shell';
import { ApiReference } from '@repo/ui/docs/api-reference';
import type { Metadata } from 'next';
import { SiteHeader } from '../../../components/site/site-header.tsx';

export const metadata: Metadata = { title: 'API reference' };

export default function ApiReferencePage() {
  return (
    <div className="min-h-dvh bg-card">
      <SkipLink />
      <SiteHeader search={false} />
      {/* Scalar brings its own main landmark. */}
      <div id={mainId} tabIndex={-1} className="focus-visible:outline-none">
        <ApiReference documentUrl="/api/openapi.json" title="API reference – Slipway" />
      </div>
    </div>
  );
}
