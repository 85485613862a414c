import { mainId } from '@repo/ui/app-shell';
import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ImageOff } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id={mainId} className="flex min-h-dvh items-center justify-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<ImageOff />}
        title="There is no page here"
        description="The address may be mistyped, or what was here has been deleted."
        action={
          <Button asChild variant="primary">
            <Link href="/listings">Go to your listings</Link>
          </Button>
        }
      />
    </main>
  );
}
