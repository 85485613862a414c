'use client';

import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { ErrorState } from '@repo/ui/error-state';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { TabNav, TabNavItem } from '@repo/ui/tab-nav';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { copy } from '../files/file-links.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';

/** Each with the letter that goes there behind a `g`. */
const tabs = [
  { path: '', label: 'Files', letter: 'f' },
  { path: '/uploads', label: 'Uploads', letter: 'l' },
  { path: '/webhooks', label: 'Webhooks', letter: 'w' },
  { path: '/keys', label: 'Keys', letter: 'k' },
  { path: '/rules', label: 'Rules', letter: 'r' },
  { path: '/usage', label: 'Usage', letter: 'u' },
  { path: '/storage', label: 'Storage', letter: 'b' },
  { path: '/upkeep', label: 'Maintenance', letter: 'c' },
  { path: '/settings', label: 'Settings', letter: 's' },
] as const;

/** Name, id and tabs; the tabs are pages, so each has its own address. */
export function ProjectHeader({ projectId, children }: { projectId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  if (project.isError && !project.data) {
    return (
      <ProjectProblem
        error={project.error}
        onRetry={() => void project.refetch()}
        busy={project.isFetching}
      />
    );
  }
  return (
    <>
      <PageHeader
        title={project.data?.name ?? <NameSkeleton />}
        description={
          <span className="-my-1 flex items-center gap-1">
            <code className="truncate font-mono text-xs">{projectId}</code>
            <CopyButton
              value={projectId}
              label="Copy project id"
              className="text-muted-foreground"
            />
          </span>
        }
      />
      <ProjectTabs projectId={projectId} />
      <div className="pt-6">{children}</div>
    </>
  );
}

function NameSkeleton() {
  return (
    <>
      <span className="sr-only">Project</span>
      <Skeleton className="my-0.5 h-6 w-48" />
    </>
  );
}

function ProjectTabs({ projectId }: { projectId: string }) {
  const pathname = usePathname();
  const router = useRouter();
  const base = `/projects/${encodeURIComponent(projectId)}`;
  useShortcuts([
    ...tabs.map(({ path, label, letter }) => ({
      id: `go ${label}`,
      keys: [`g ${letter}`],
      label,
      group: 'Go to',
      run: () => router.push(`${base}${path}`),
    })),
    {
      id: 'copy-project-id',
      keys: [],
      label: 'Copy project id',
      group: 'Project',
      run: () => void copy(projectId, { title: 'Project id copied' }),
    },
  ]);
  return (
    <TabNav aria-label="Project" className="mt-4">
      {tabs.map(({ path, label }) => (
        <TabNavItem key={path} active={isWithin(pathname, { base, path })}>
          <Link href={`${base}${path}`}>{label}</Link>
        </TabNavItem>
      ))}
    </TabNav>
  );
}

/** A tab stays marked on the pages below it. */
function isWithin(pathname: string, { base, path }: { base: string; path: string }): boolean {
  const own = `${base}${path}`;
  return pathname === own || (path !== '' && pathname.startsWith(`${own}/`));
}

type ProblemProps = { error: unknown; onRetry: () => void; busy: boolean };

function ProjectProblem({ error, onRetry, busy }: ProblemProps) {
  const { code, message, requestId } = describeError(error);
  const missing = code === 'not_found';
  const home = (
    <Button asChild variant={missing ? 'primary' : 'secondary'}>
      <Link href="/dashboard">All projects</Link>
    </Button>
  );
  return (
    <ErrorState
      headingLevel={1}
      title={missing ? 'This project does not exist' : 'The project could not be loaded'}
      message={
        missing
          ? 'It may have been deleted, or it belongs to an organization you are not in.'
          : message
      }
      requestId={missing ? undefined : requestId}
      onRetry={missing ? undefined : onRetry}
      retrying={busy}
      action={home}
    />
  );
}
