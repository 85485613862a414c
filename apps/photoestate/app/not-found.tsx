import { mainId } from '@repo/ui/app-shell';
import { Button } from '@repo/ui/button';
import { EmptyState } from '@repo/ui/empty-state';
import { ImageOff } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { homePath } from '../lib/next-path.ts';

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
            <Link href={homePath}>Go to the start</Link>
          </Button>
        }
      />
    </main>
  );
}
