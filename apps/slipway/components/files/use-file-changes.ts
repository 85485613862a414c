'use client';

import { toast } from '@repo/ui/toaster';
import { offerUndo } from '@repo/ui/undo';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ApiClient, type FileRow, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { useFileCache } from './file-cache.ts';
import { sayFailed } from './say-failed.ts';

type Bulk = Parameters<ApiClient['file']['bulk']['mutate']>[0]['bulk'];
type BulkChange = Omit<Bulk, 'ids'>;
type Change = (row: FileRow) => FileRow;

/** One wish of a person: shown at once, sent, and taken back when the server says no. */
type Wish = {
  rows: readonly FileRow[];
  /** "3 files deleted" */
  done: string;
  /** "The files were not deleted" */
  failed: string;
  change: Change;
  send: (ids: string[]) => Promise<Map<string, string>>;
  undo?: (() => void) | undefined;
};

/** As many as one call takes. */
const BULK_MOST = 1000;

const count = (rows: readonly FileRow[]) =>
  rows.length === 1 && rows[0] ? `“${rows[0].name}”` : `${rows.length} files`;

/** Files, by the value that they have: what a change of all of them takes from each. */
const groupBy = (rows: readonly FileRow[], key: (row: FileRow) => string) => Map.groupBy(rows, key);

function useSender(projectId: string) {
  const client = useTRPCClient();
  return useMemo(
    () => ({
      /** What was refused, by id, with the server's sentence. */
      async bulk(ids: readonly string[], change: BulkChange): Promise<Map<string, string>> {
        const refused = new Map<string, string>();
        for (let start = 0; start < ids.length; start += BULK_MOST) {
          const bulk = { ...change, ids: ids.slice(start, start + BULK_MOST) };
          const { results } = await client.file.bulk.mutate({ projectId, bulk });
          for (const each of results) if (!each.ok) refused.set(each.id, each.error.message);
        }
        return refused;
      },
      async rename(fileId: string, name: string): Promise<Map<string, string>> {
        await client.file.update.mutate({ fileId, change: { name } });
        return new Map();
      },
    }),
    [client, projectId],
  );
}

/** Makes a wish come true before the server answers, and untrue again when it refuses. */
function useGrant() {
  const cache = useFileCache();
  const queries = useQueryClient();
  const trpc = useTRPC();
  return useMemo(() => {
    const grant = async (wish: Wish): Promise<void> => {
      const before = new Map(wish.rows.map((row) => [row.id, row]));
      const putBack = (ids: ReadonlySet<string>) =>
        cache.edit((row) => (ids.has(row.id) ? (before.get(row.id) ?? row) : row));
      cache.edit((row) => (before.has(row.id) ? wish.change(row) : row));
      try {
        const refused = await wish.send([...before.keys()]);
        if (refused.size > 0) putBack(new Set(refused.keys()));
        const [reason] = refused.values();
        if (refused.size > 0)
          toast.error(wish.failed, { description: `${refused.size} refused: ${reason}` });
        if (refused.size < before.size) {
          if (wish.undo) offerUndo(wish.done, wish.undo);
          else toast.success(wish.done);
        }
      } catch (error) {
        putBack(new Set(before.keys()));
        sayFailed(wish.failed, error, () => void grant(wish));
      }
      await queries.invalidateQueries({ queryKey: trpc.file.get.queryKey() });
      await queries.invalidateQueries({ queryKey: trpc.file.history.queryKey() });
      await queries.invalidateQueries({ queryKey: trpc.file.versions.queryKey() });
      await cache.refresh();
    };
    return grant;
  }, [cache, queries, trpc]);
}

/** All that may be done with files, one or many; each at once, and to be taken back. */
export function useFileChanges(projectId: string) {
  const send = useSender(projectId);
  const grant = useGrant();
  return useMemo(() => {
    const restore = (rows: readonly FileRow[], status: FileRow['status'] = 'ready') =>
      grant({
        rows,
        done: `${count(rows)} restored`,
        failed: 'Not restored',
        change: (row) => ({ ...row, status }),
        send: (ids) => send.bulk(ids, { action: 'restore' }),
      });
    const remove = (rows: readonly FileRow[], restorable: boolean) =>
      grant({
        rows,
        done: `${count(rows)} deleted`,
        failed: 'Not deleted',
        change: (row) => ({ ...row, status: 'deleted', url: null }),
        send: (ids) => send.bulk(ids, { action: 'delete' }),
        undo: restorable ? () => void restore(rows) : undefined,
      });
    const purge = (rows: readonly FileRow[]) =>
      grant({
        rows,
        done: `${count(rows)} deleted for good`,
        failed: 'Not deleted',
        // Gone from the trash, and from everywhere.
        change: (row) => ({ ...row, status: 'expired' }),
        send: (ids) => send.bulk(ids, { action: 'purge' }),
      });
    const rename = (row: FileRow, name: string, undoable = true): Promise<void> =>
      grant({
        rows: [row],
        done: `Renamed to “${name}”`,
        failed: 'Not renamed',
        change: (now) => ({ ...now, name }),
        send: () => send.rename(row.id, name),
        undo: undoable ? () => void rename({ ...row, name }, row.name, false) : undefined,
      });
    return { restore, remove, purge, rename, ...keepings(send, grant) };
  }, [send, grant]);
}

/** Tags and folders: what differs from file to file is put back group by group. */
function keepings(send: ReturnType<typeof useSender>, grant: ReturnType<typeof useGrant>) {
  const setFolders = (rows: readonly FileRow[], folderOf: (row: FileRow) => string) => ({
    rows,
    failed: 'Not moved',
    change: (row: FileRow) => ({ ...row, folder: folderOf(row) }),
    async send() {
      const refused = new Map<string, string>();
      for (const [folder, group] of groupBy(rows, folderOf)) {
        const ids = group.map((row) => row.id);
        for (const entry of await send.bulk(ids, { action: 'update', folder }))
          refused.set(...entry);
      }
      return refused;
    },
  });
  const setTags = (
    rows: readonly FileRow[],
    { add, remove }: { add: string[]; remove: string[] },
  ): Omit<Wish, 'done'> => ({
    rows,
    failed: 'Not tagged',
    change: (row) => ({
      ...row,
      tags: [...new Set([...row.tags, ...add])].filter((tag) => !remove.includes(tag)),
    }),
    send: (ids) => send.bulk(ids, { action: 'update', addTags: add, removeTags: remove }),
  });
  const undoTags = async (
    rows: readonly FileRow[],
    change: { add: string[]; remove: string[] },
  ) => {
    const groups = groupBy(rows, (row) =>
      JSON.stringify({
        add: change.remove.filter((tag) => row.tags.includes(tag)),
        remove: change.add.filter((tag) => !row.tags.includes(tag)),
      }),
    );
    for (const [text, group] of groups)
      await grant({ ...setTags(group, JSON.parse(text)), done: 'Tags are as they were' });
  };
  return {
    move: (rows: readonly FileRow[], folder: string) => {
      const old = new Map(rows.map((row) => [row.id, row.folder]));
      return grant({
        ...setFolders(rows, () => folder),
        done: `${count(rows)} moved to ${folder === '' ? 'no folder' : `“${folder}”`}`,
        undo: () =>
          void grant({
            ...setFolders(rows, (row) => old.get(row.id) ?? ''),
            done: `${count(rows)} moved back`,
          }),
      });
    },
    tag: (rows: readonly FileRow[], change: { add: string[]; remove: string[] }) =>
      grant({
        ...setTags(rows, change),
        done: `Tags of ${count(rows)} changed`,
        undo: () => void undoTags(rows, change),
      }),
  };
}

export type FileChanges = ReturnType<typeof useFileChanges>;
