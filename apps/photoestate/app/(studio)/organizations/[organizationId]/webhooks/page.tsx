import { Button } from '@repo/ui/button';
import { PageHeader } from '@repo/ui/page-header';
import { WebhooksPanel } from '@repo/ui/webhooks/webhooks-panel';
import type { Metadata } from 'next';
import { StudioWebhooks } from '../../../../../components/webhooks/desk.tsx';
import { requireSession } from '../../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhooks' };

type Props = { params: Promise<{ organizationId: string }> };

export default async function WebhooksPage({ params }: Props) {
  const { organizationId } = await params;
  await requireSession(`/organizations/${encodeURIComponent(organizationId)}/webhooks`);
  return (
    <StudioWebhooks organizationId={organizationId}>
      <PageHeader
        title="Webhooks"
        description="For your servers, so that they need not ask again and again."
        actions={
          <Button asChild>
            <a href="/docs/api#tag/webhooks">API reference</a>
          </Button>
        }
      />
      <WebhooksPanel />
    </StudioWebhooks>
  );
}
