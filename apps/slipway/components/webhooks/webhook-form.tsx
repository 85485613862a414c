'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Checkbox } from '@repo/ui/checkbox';
import { DialogBody, DialogClose, DialogFooter } from '@repo/ui/dialog';
import { Field, FieldError, Fieldset } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { useId, useState } from 'react';
import type { Webhook } from '../../lib/trpc.ts';
import { EVENT_CHOICES, type EventType } from './webhook-words.ts';

export interface WebhookWish {
  url: string;
  description: string;
  eventTypes: EventType[] | null;
  liveOnly: boolean;
  signing: Webhook['signing'];
}

type Props = {
  webhook?: Webhook;
  submitLabel: string;
  busy: boolean;
  problem: string | undefined;
  onSubmit: (wish: WebhookWish) => void;
};

/** For a new webhook, and to change one. */
export function WebhookForm({ webhook, submitLabel, busy, problem, onSubmit }: Props) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [types, setTypes] = useState<EventType[] | null>(webhook?.eventTypes ?? null);
  const [liveOnly, setLiveOnly] = useState(webhook?.liveOnly ?? false);
  const [signing, setSigning] = useState<Webhook['signing']>('hmac');
  const liveOnlyId = useId();
  const [isTried, setTried] = useState(false);
  const urlError =
    isTried && !URL.canParse(url.trim())
      ? 'Expected an address such as https://example.com/webhooks.'
      : undefined;
  const typesError =
    isTried && types?.length === 0 ? 'Expected at least one event, or all of them.' : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (URL.canParse(url.trim()) && types?.length !== 0)
          onSubmit({
            url: url.trim(),
            description: description.trim(),
            eventTypes: types,
            liveOnly,
            signing,
          });
      }}
    >
      <DialogBody>
        {problem ? (
          <Alert tone="danger" live>
            {problem}
          </Alert>
        ) : null}
        <Field label="Address" hint="Events are sent there by POST." error={urlError}>
          {(control) => (
            <Input
              {...control}
              type="url"
              autoFocus
              autoComplete="off"
              placeholder="https://example.com/webhooks"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Field label="Description" aside="Optional">
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              autoComplete="off"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <TypeChoice value={types} onChange={setTypes} error={typesError} />
        <div className="flex items-start gap-2.5 text-sm">
          <Checkbox
            id={liveOnlyId}
            className="mt-0.5"
            aria-describedby={`${liveOnlyId}-hint`}
            checked={liveOnly}
            onCheckedChange={(checked) => setLiveOnly(checked === true)}
          />
          <div>
            <label htmlFor={liveOnlyId} className="font-medium">
              Live files only
            </label>
            <p id={`${liveOnlyId}-hint`} className="text-muted-foreground text-xs">
              Nothing of what test keys upload is sent there.
            </p>
          </div>
        </div>
        {webhook ? null : (
          <Field
            label="Signature"
            hint={
              signing === 'hmac'
                ? 'Every Standard Webhooks library verifies it.'
                : 'You hold a public key only: nobody who reads it can sign.'
            }
          >
            {(control) => (
              <Select
                {...control}
                value={signing}
                onChange={(event) =>
                  setSigning(event.target.value === 'ed25519' ? 'ed25519' : 'hmac')
                }
              >
                <option value="hmac">Shared secret (HMAC-SHA256)</option>
                <option value="ed25519">Public key (ed25519)</option>
              </Select>
            )}
          </Field>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={busy}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}

type TypeChoiceProps = {
  value: EventType[] | null;
  onChange: (types: EventType[] | null) => void;
  error: string | undefined;
};

function TypeChoice({ value, onChange, error }: TypeChoiceProps) {
  const id = useId();
  return (
    <Fieldset legend="Events">
      <div className="flex items-center gap-2.5 text-sm">
        <Checkbox
          id={`${id}-all`}
          checked={value === null}
          onCheckedChange={(checked) => onChange(checked === true ? null : ['file.ready'])}
        />
        <label htmlFor={`${id}-all`} className="font-medium">
          All, also those that come later
        </label>
      </div>
      {EVENT_CHOICES.map(({ type, when }) => (
        <div key={type} className="flex items-start gap-2.5">
          <Checkbox
            id={`${id}-${type}`}
            className="mt-0.5"
            aria-describedby={`${id}-${type}-when`}
            checked={value === null || value.includes(type)}
            disabled={value === null}
            onCheckedChange={(checked) =>
              onChange(
                checked === true
                  ? [...(value ?? []), type]
                  : (value ?? []).filter((each) => each !== type),
              )
            }
          />
          <div className="text-sm leading-5">
            <label htmlFor={`${id}-${type}`} className="font-mono text-[13px]">
              {type}
            </label>
            <p id={`${id}-${type}-when`} className="text-muted-foreground text-xs leading-4">
              {when}
            </p>
          </div>
        </div>
      ))}
      {error ? <FieldError>{error}</FieldError> : null}
    </Fieldset>
  );
}
