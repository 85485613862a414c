'use client';

import type { PaletteEntry, PaletteGroup } from '@repo/ui/command-palette';
import { FileIcon } from '@repo/ui/file-icon';
import { formatBytes } from '@repo/ui/format';
import { keepPreviousData, skipToken, useQueries, useQuery } from '@tanstack/react-query';
import { BookOpen, Boxes, Folder, Tag, User } from 'lucide-react';
import { useParams, useRouter } from 'next/navigation';
import { type SearchEntry, searchWhole } from '../../lib/docs/search.ts';
import { rank, readQuery, type Scope } from '../../lib/rank.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';

/** So many of a kind that several kinds are in sight. */
const MOST = 6;
const FEWEST_LETTERS = 2;

/** What the palette shows for a query, by what it is. */
export function usePaletteGroups(query: string, commands: readonly PaletteEntry[]) {
  const { scope, text } = readQuery(query);
  const isOf = (...scopes: (Scope | null)[]) => scopes.includes(scope);
  const projects = useProjects();
  const members = useMembers(isOf('@'));
  const files = useFiles(isOf(null) ? text : '');
  const docs = useDocs(isOf(null) ? text : '');
  const placed = usePlaces(scope, text);
  const most = text === '' || scope !== null ? Number.POSITIVE_INFINITY : MOST;
  const found = (title: string, entries: readonly PaletteEntry[]) => ({
    title,
    entries: rank(entries, text).slice(0, most),
  });
  const groups: PaletteGroup[] = [
    ...(isOf('#', '/') ? [{ title: 'Files', entries: placed }] : []),
    ...(isOf('@') ? [found('Members', members.entries)] : []),
    ...(isOf(null) && text !== '' ? [found('Projects', projects)] : []),
    ...(isOf(null, '>') ? (text === '' ? byKind(commands) : [found('Actions', commands)]) : []),
    // What the server is asked for comes last: nothing moves under the hand that is about to choose.
    ...(isOf(null)
      ? [
          { title: 'Files', entries: files.entries },
          { title: 'Documentation', entries: docs.entries },
          ...(text === '' ? [found('Projects', projects)] : []),
        ]
      : []),
  ];
  return {
    groups: groups.filter(({ entries }) => entries.length > 0),
    isLoading: files.isLoading || docs.isLoading || members.isLoading,
  };
}

/** Nothing was typed: what belongs to the page that is open first. */
const byKind = (commands: readonly PaletteEntry[]): PaletteGroup[] =>
  [...Map.groupBy(commands, ({ note }) => note ?? '')].map(([title, entries]) => ({
    title,
    entries: entries.map(({ note: _, ...entry }) => entry),
  }));

function useProjects(): PaletteEntry[] {
  const trpc = useTRPC();
  const router = useRouter();
  const { organizations } = useOrganization();
  const lists = useQueries({
    queries: organizations.map(({ id }) =>
      trpc.project.list.queryOptions({ organizationId: id }, { staleTime: 60_000 }),
    ),
  });
  return lists.flatMap(({ data }, index) =>
    (data ?? []).map((project) => ({
      id: project.id,
      label: project.name,
      note: organizations.length > 1 ? organizations[index]?.name : undefined,
      icon: <Boxes />,
      run: () => router.push(`/projects/${project.id}`),
    })),
  );
}

/** Files of the project that is open, as the list would find them. */
function useFiles(text: string): { entries: PaletteEntry[]; isLoading: boolean } {
  const trpc = useTRPC();
  const router = useRouter();
  const { projectId } = useParams<{ projectId?: string }>();
  const isAsked = projectId !== undefined && text.length >= FEWEST_LETTERS;
  const files = useQuery(
    trpc.file.list.queryOptions(isAsked ? { projectId, q: text, limit: MOST } : skipToken, {
      placeholderData: keepPreviousData,
    }),
  );
  const entries = (isAsked ? (files.data?.data ?? []) : []).map((file) => ({
    id: file.id,
    label: file.name,
    note: formatBytes(file.size),
    icon: <FileIcon type={file.type} />,
    run: () => router.push(`/projects/${projectId}?file=${encodeURIComponent(file.id)}`),
  }));
  return { entries, isLoading: isAsked && files.isFetching };
}

const PLACES = {
  '#': { name: 'tag', label: 'Files tagged', icon: <Tag /> },
  '/': { name: 'folder', label: 'Files in the folder', icon: <Folder /> },
} as const;

/** Files of the open project with a tag, or in a folder: shown in the list. */
function usePlaces(scope: Scope | null, text: string): PaletteEntry[] {
  const router = useRouter();
  const { projectId } = useParams<{ projectId?: string }>();
  if ((scope !== '#' && scope !== '/') || text === '' || projectId === undefined) return [];
  const { name, label, icon } = PLACES[scope];
  return [
    {
      id: `place ${name}`,
      label: `${label} “${text}”`,
      icon,
      run: () => router.push(`/projects/${projectId}?${new URLSearchParams({ [name]: text })}`),
    },
  ];
}

function useMembers(isAsked: boolean): { entries: PaletteEntry[]; isLoading: boolean } {
  const trpc = useTRPC();
  const router = useRouter();
  const { organization } = useOrganization();
  const organizationId = organization?.id;
  const members = useQuery(
    trpc.member.list.queryOptions(isAsked && organizationId ? { organizationId } : skipToken),
  );
  const entries = (members.data?.members ?? []).map((member) => ({
    id: `member ${member.userId}`,
    label: member.name,
    note: member.email,
    icon: <User />,
    run: () => router.push(`/organizations/${organizationId}/members`),
  }));
  return { entries, isLoading: isAsked && members.isLoading };
}

/** Sections of the documentation; its index is fetched when somebody looks for something. */
function useDocs(text: string): { entries: PaletteEntry[]; isLoading: boolean } {
  const router = useRouter();
  const isAsked = text.length >= FEWEST_LETTERS;
  const index = useQuery({
    queryKey: ['docs-index'],
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<SearchEntry[]> => {
      const response = await fetch('/docs/search.json', { signal });
      if (!response.ok) throw new Error(`the index answered ${response.status}`);
      return response.json();
    },
  });
  const hits = isAsked ? searchWhole(index.data ?? [], text).slice(0, MOST) : [];
  return {
    entries: hits.map(({ entry: { href, page, heading } }) => ({
      id: `docs ${href}`,
      label: heading === '' ? page : heading,
      note: heading === '' ? undefined : page,
      icon: <BookOpen />,
      run: () => router.push(href),
    })),
    isLoading: isAsked && index.isLoading,
  };
}
