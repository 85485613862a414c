'use client';

import { Breadcrumbs } from '@repo/ui/breadcrumbs';
import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import Link from 'next/link';
import { useParams } from 'next/navigation';
import { useRef, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { NewOrganization } from './new-organization.tsx';
import { useOrganization } from './use-organization.ts';

/** Organization and project in the top bar. */
export function WhereAmI() {
  const { projectId } = useParams<{ projectId?: string }>();
  return projectId ? <ProjectCrumbs projectId={projectId} /> : <OrganizationCrumb />;
}

function OrganizationCrumb() {
  const { organization, organizations } = useOrganization();
  const button = useRef<HTMLButtonElement>(null);
  const [naming, setNaming] = useState(false);
  if (!organization) return <Skeleton className="h-4 w-32" />;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={button} variant="ghost" className="max-w-full px-2">
            <span className="truncate">{organization.name}</span>
            <ChevronsUpDown className="size-3.5 text-muted-foreground" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-72">
          <DropdownMenuLabel>Organizations</DropdownMenuLabel>
          {organizations.map((each) => (
            <DropdownMenuItem key={each.id} asChild>
              <Link
                href={`/dashboard?org=${encodeURIComponent(each.id)}`}
                aria-current={each.id === organization.id ? 'true' : undefined}
              >
                <span className="flex-1 truncate">{each.name}</span>
                {each.id === organization.id ? <Check /> : null}
              </Link>
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setNaming(true)}>
            <Plus />
            New organization
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {naming ? (
        <NewOrganization returnFocus={button.current} onClose={() => setNaming(false)} />
      ) : null}
    </>
  );
}

function ProjectCrumbs({ projectId }: { projectId: string }) {
  const trpc = useTRPC();
  const { organizations } = useOrganization();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const owner = organizations.find((each) => each.id === project.data?.organizationId);
  if (project.isError)
    return (
      <Breadcrumbs
        items={[
          <Link href="/dashboard" key="all">
            Projects
          </Link>,
        ]}
      />
    );
  if (!project.data || !owner) return <Skeleton className="h-4 w-40" />;
  return (
    <Breadcrumbs
      items={[
        <Link
          key="organization"
          href={`/dashboard?org=${encodeURIComponent(owner.id)}`}
          className="block max-w-40 truncate max-sm:hidden"
        >
          {owner.name}
        </Link>,
        project.data.name,
      ]}
    />
  );
}
