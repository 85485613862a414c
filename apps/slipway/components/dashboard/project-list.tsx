'use client';

import { Badge } from '@repo/ui/badge';
import { EmptyState } from '@repo/ui/empty-state';
import { ErrorState } from '@repo/ui/error-state';
import { formatBytes, formatNumber } from '@repo/ui/format';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import {
  Table,
  TableBody,
  TableCell,
  TableFrame,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '@repo/ui/table';
import { RelativeTime } from '@repo/ui/time';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { describeError, type ProjectSummary, useTRPC } from '../../lib/trpc.ts';
import { OrganizationTabs } from '../organization/organization-tabs.tsx';
import { CreateProject } from './create-project.tsx';
import { NoOrganization } from './no-organization.tsx';
import { useOrganization } from './use-organization.ts';

export function ProjectList() {
  const trpc = useTRPC();
  const { organization, session } = useOrganization();
  const projects = useQuery(
    trpc.project.list.queryOptions(organization ? { organizationId: organization.id } : skipToken),
  );
  const failed = (organization ? null : session.error) ?? (projects.data ? null : projects.error);
  if (failed) {
    const problem = describeError(failed);
    return (
      <>
        <PageHeader title="Projects" />
        <ErrorState
          title="The projects could not be loaded"
          message={problem.message}
          requestId={problem.requestId}
          onRetry={() => void (organization ? projects.refetch() : session.refetch())}
          retrying={session.isFetching || projects.isFetching}
        />
      </>
    );
  }
  if (!organization) return session.data ? <NoOrganization /> : <ProjectListSkeleton />;
  const mayCreate = organization.permissions.includes('project.manage');
  return (
    <>
      <OrganizationTabs organizationId={organization.id} />
      <CreateProject organizationId={organization.id} mayCreate={mayCreate}>
        {(create) => <Projects projects={projects.data} create={mayCreate ? create : null} />}
      </CreateProject>
    </>
  );
}

type ProjectsProps = { projects: readonly ProjectSummary[] | undefined; create: ReactNode };

function Projects({ projects, create }: ProjectsProps) {
  if (!projects) return <ProjectListSkeleton />;
  if (projects.length === 0) return <NoProjects create={create} />;
  return (
    <>
      <PageHeader
        title="Projects"
        description="Each project has its own key, rules and files."
        actions={create}
      />
      <TableFrame className="mt-6">
        <Table>
          <ProjectColumns />
          <TableBody>
            {projects.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </TableBody>
        </Table>
      </TableFrame>
    </>
  );
}

function NoProjects({ create }: { create: ReactNode }) {
  return (
    <>
      <PageHeader title="Projects" />
      <div className="mt-6 rounded-lg border border-border-strong border-dashed">
        <EmptyState
          icon={<Boxes />}
          title="Create your first project"
          description="A project is one app’s files: a secret key for your server, rules for what may be uploaded, and a place to look at it all."
          action={create}
        />
      </div>
    </>
  );
}

function ProjectColumns() {
  return (
    <TableHead>
      <TableRow>
        <TableHeaderCell>Name</TableHeaderCell>
        <TableHeaderCell className="max-sm:hidden">Access</TableHeaderCell>
        <TableHeaderCell numeric>Files</TableHeaderCell>
        <TableHeaderCell numeric>Stored</TableHeaderCell>
        <TableHeaderCell numeric className="max-sm:hidden">
          Created
        </TableHeaderCell>
      </TableRow>
    </TableHead>
  );
}

function ProjectRow({ project }: { project: ProjectSummary }) {
  return (
    <TableRow className="relative">
      <TableCell className="max-w-0 w-full">
        <Link
          href={`/projects/${project.id}`}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          {project.name}
        </Link>
      </TableCell>
      <TableCell className="max-sm:hidden">
        <Badge tone="outline">{project.rules.visibility === 'public' ? 'Public' : 'Private'}</Badge>
      </TableCell>
      <TableCell numeric>{formatNumber(project.files)}</TableCell>
      <TableCell numeric>{formatBytes(project.bytes)}</TableCell>
      <TableCell numeric className="text-muted-foreground max-sm:hidden">
        <RelativeTime value={project.createdAt} />
      </TableCell>
    </TableRow>
  );
}

function ProjectListSkeleton() {
  return (
    <div aria-busy="true">
      <PageHeader
        title="Projects"
        description="Each project has its own key, rules and files."
        actions={<Skeleton className="h-8 w-28" />}
      />
      <TableFrame className="mt-6">
        <Table>
          <ProjectColumns />
          <TableBody>
            {[0, 1, 2].map((row) => (
              <TableRow key={row}>
                <TableCell className="w-full">
                  <Skeleton className="h-4 w-40" />
                </TableCell>
                <TableCell className="max-sm:hidden">
                  <Skeleton className="h-5 w-16 rounded-full" />
                </TableCell>
                <TableCell numeric>
                  <Skeleton className="ml-auto h-4 w-8" />
                </TableCell>
                <TableCell numeric>
                  <Skeleton className="ml-auto h-4 w-14" />
                </TableCell>
                <TableCell numeric className="max-sm:hidden">
                  <Skeleton className="ml-auto h-4 w-20" />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableFrame>
    </div>
  );
}
