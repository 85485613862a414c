import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { SlipwayMark } from '@repo/ui/logo';
import Link from 'next/link';

/** Within the site's frame, which is the page's `main` already. */
export default function NotFound() {
  return (
    <EmptyState
      icon={<SlipwayMark />}
      headingLevel={1}
      title="There is no page here"
      description="The address may be mistyped, or the page has moved."
      action={
        <Button asChild variant="primary">
          <Link href="/docs">Go to the documentation</Link>
        </Button>
      }
    />
  );
}
