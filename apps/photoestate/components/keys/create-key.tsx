'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { ScopeChoice } from '@repo/ui/scope-choice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import type { MadeKey } from './reveal-key.tsx';
import { SCOPES, type Scope } from './scopes.ts';

type Props = { organizationId: string; onMade: (made: MadeKey) => void };

/** Asks what a key is for; whoever opened it shows the key, once. */
export function CreateKey(props: Props) {
  const [open, setOpen] = useState(false);
  const onMade = (made: MadeKey) => {
    setOpen(false);
    props.onMade(made);
  };
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus />
        Create key
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title="Create a key" description="It is shown once, right after.">
          <CreateKeyForm organizationId={props.organizationId} onMade={onMade} />
        </DialogContent>
      </Dialog>
    </>
  );
}

function CreateKeyForm({ organizationId, onMade }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read', 'write', 'enhance']);
  const [asked, setAsked] = useState(false);
  const create = useMutation(
    trpc.apiKey.create.mutationOptions({
      onSuccess: ({ apiKey, key }) => {
        void queries.invalidateQueries({ queryKey: trpc.apiKey.pathKey() });
        onMade({ name: apiKey.name, secret: key });
      },
    }),
  );
  const isNamed = name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isNamed && scopes.length > 0)
      create.mutate({ organizationId, name, scopes: [...scopes], expiresAt: null });
  };
  return (
    <form noValidate onSubmit={submit}>
      <DialogBody>
        {create.error ? (
          <Alert tone="danger" live>
            {describeError(create.error).message}
          </Alert>
        ) : null}
        <Field
          label="Name"
          hint="Where it will be used."
          error={asked && !isNamed ? 'Expected a name.' : undefined}
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={80}
              autoComplete="off"
              autoFocus
              placeholder="Booking server"
            />
          )}
        </Field>
        <ScopeChoice
          scopes={SCOPES}
          value={scopes}
          onChange={setScopes}
          error={asked && scopes.length === 0 ? 'Expected at least one.' : undefined}
        />
      </DialogBody>
      <DialogFooter>
        <Button type="submit" variant="primary" busy={create.isPending}>
          Create key
        </Button>
      </DialogFooter>
    </form>
  );
}
