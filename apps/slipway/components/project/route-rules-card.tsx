'use client';

import { Button } from '@repo/ui/button';
import { Card, CardHeader } from '@repo/ui/card';
import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { formatBytes } from '@repo/ui/format';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { describeError, type ProjectDetails, type RoutePolicy, useTRPC } from '../../lib/trpc.ts';
import { RouteRulesDialog } from './route-rules-dialog.tsx';

type Props = { project: ProjectDetails; mayManage: boolean };
type Wish = { what: 'edit'; name: string | null } | { what: 'remove'; name: string };

/** What the project says of the uploads of single routes, beside its rules for all of them. */
export function RouteRulesCard({ project, mayManage }: Props) {
  const { routes } = project.rules;
  const [wish, setWish] = useState<Wish>();
  const save = useSaveRoutes(project, () => setWish(undefined));
  const names = Object.keys(routes).sort();
  const close = () => {
    setWish(undefined);
    save.reset();
  };
  const without = (name: string | null) =>
    Object.fromEntries(Object.entries(routes).filter(([each]) => each !== name));
  const failure = save.error ? describeError(save.error).message : undefined;
  return (
    <Card aria-labelledby="routes-title">
      <CardHeader
        titleId="routes-title"
        title="Rules of single routes"
        description="For uploads that say that they are of this route. They come on top of the rules above, and before what your code says."
        actions={
          mayManage ? (
            <Button onClick={() => setWish({ what: 'edit', name: null })}>
              <Plus />
              Add route
            </Button>
          ) : undefined
        }
      />
      {names.length === 0 ? (
        <p className="px-5 pb-5 text-muted-foreground text-sm">
          None: every route has the rules above, and what its own code says.
        </p>
      ) : (
        <ul className="divide-y border-t">
          {names.map((name) => (
            <li key={name} className="flex items-center gap-3 px-5 py-3">
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium font-mono text-[13px]">{name}</p>
                <p className="text-muted-foreground text-xs">{summaryOf(routes[name] ?? {})}</p>
              </div>
              {mayManage ? (
                <>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Edit the rules of ${name}`}
                    onClick={() => setWish({ what: 'edit', name })}
                  >
                    <Pencil />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Remove the rules of ${name}`}
                    onClick={() => setWish({ what: 'remove', name })}
                  >
                    <Trash2 />
                  </Button>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {wish?.what === 'edit' ? (
        <RouteRulesDialog
          name={wish.name}
          policy={wish.name === null ? {} : (routes[wish.name] ?? {})}
          taken={names.filter((each) => each !== wish.name)}
          busy={save.isPending}
          problem={failure}
          onSave={(name, policy) => save.mutate({ ...without(wish.name), [name]: policy })}
          onClose={close}
        />
      ) : null}
      {wish?.what === 'remove' ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => (open ? undefined : close())}
          title={`Remove the rules of ${wish.name}?`}
          description="Its uploads have the rules of the project from now on, and what its own code says. Files that are here stay."
          confirmLabel="Remove rules"
          busy={save.isPending}
          error={failure}
          onConfirm={() => save.mutate(without(wish.name))}
        />
      ) : null}
    </Card>
  );
}

type Routes = Record<string, RoutePolicy>;

/** Saves them with the other rules as they are; somebody else’s change meanwhile is not overwritten. */
function useSaveRoutes(project: ProjectDetails, onSaved: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: projectId, rules, rulesVersion: ifVersion } = project;
  const update = useMutation(
    trpc.project.updateRules.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.project.get.queryKey({ projectId }) });
        toast.success('Rules saved', { description: 'They hold for every upload from now on.' });
        onSaved();
      },
    }),
  );
  return {
    ...update,
    mutate: (routes: Routes) =>
      update.mutate({ projectId, rules: { ...rules, routes }, ifVersion }),
  };
}

function summaryOf(policy: RoutePolicy): string {
  const { allowedTypes = [], minSize, maxSize, image, metadata } = policy;
  const { folder, keyPrefix, visibility, expireAfterDays, confirmWithinHours } = policy;
  const { replace, dedupe } = policy;
  const facts = [
    allowedTypes.length > 0 ? allowedTypes.join(', ') : null,
    minSize ? `at least ${formatBytes(minSize)}` : null,
    maxSize === undefined ? null : `up to ${formatBytes(maxSize)}`,
    image === undefined ? null : 'dimensions',
    metadata === undefined ? null : 'metadata',
    folder ? `below ${folder}` : null,
    keyPrefix ? `keys begin with ${keyPrefix}` : null,
    visibility === undefined ? null : visibility,
    expireAfterDays === undefined ? null : `deleted after ${expireAfterDays} days`,
    confirmWithinHours === undefined ? null : `confirmed within ${confirmWithinHours} hours`,
    replace === undefined ? null : replace ? 'replaces by customId' : 'replaces only on request',
    dedupe === undefined ? null : dedupe ? 'same bytes once' : 'bytes of its own',
  ];
  return facts.filter((fact) => fact !== null).join(' · ') || 'Nothing more than the project says';
}
