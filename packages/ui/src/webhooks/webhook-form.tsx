'use client';

import { useId, useState } from 'react';
import { Alert } from '../alert.tsx';
import { Checkbox } from '../checkbox.tsx';
import { DialogBody, DialogSubmit } from '../dialog.tsx';
import { Field, FieldError, Fieldset } from '../field.tsx';
import { Input } from '../input.tsx';
import { Select } from '../select.tsx';
import { useDesk, type Webhook, type WebhookWish } from './desk.tsx';

type Props = {
  webhook?: Webhook;
  submitLabel: string;
  busy: boolean;
  problem: string | undefined;
  onSubmit: (wish: WebhookWish & Pick<Webhook, 'signing'>) => void;
};

/** For a new webhook, and to change one. */
export function WebhookForm({ webhook, submitLabel, busy, problem, onSubmit }: Props) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [types, setTypes] = useState<readonly string[] | null>(webhook?.eventTypes ?? null);
  const [liveOnly, setLiveOnly] = useState(webhook?.liveOnly ?? false);
  const [signing, setSigning] = useState<Webhook['signing']>('hmac');
  const { hasTests } = useDesk();
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
            eventTypes: types === null ? null : [...types],
            ...(hasTests && { liveOnly }),
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
        {hasTests ? <LiveOnly value={liveOnly} onChange={setLiveOnly} /> : null}
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
      <DialogSubmit busy={busy}>{submitLabel}</DialogSubmit>
    </form>
  );
}

type LiveOnlyProps = { value: boolean; onChange: (liveOnly: boolean) => void };

function LiveOnly({ value, onChange }: LiveOnlyProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 text-sm">
      <Checkbox
        id={id}
        className="mt-0.5"
        aria-describedby={`${id}-hint`}
        checked={value}
        onCheckedChange={(checked) => onChange(checked === true)}
      />
      <div>
        <label htmlFor={id} className="font-medium">
          Live files only
        </label>
        <p id={`${id}-hint`} className="text-muted-foreground text-xs">
          Nothing of what test keys upload is sent there.
        </p>
      </div>
    </div>
  );
}

type TypeChoiceProps = {
  value: readonly string[] | null;
  onChange: (types: readonly string[] | null) => void;
  error: string | undefined;
};

function TypeChoice({ value, onChange, error }: TypeChoiceProps) {
  const id = useId();
  const choices = Object.entries(useDesk().events).filter(([type]) => type !== 'webhook.test');
  return (
    <Fieldset legend="Events">
      <div className="flex items-center gap-2.5 text-sm">
        <Checkbox
          id={`${id}-all`}
          checked={value === null}
          onCheckedChange={(checked) =>
            onChange(checked === true ? null : choices.slice(0, 1).map(([type]) => type))
          }
        />
        <label htmlFor={`${id}-all`} className="font-medium">
          All, also those that come later
        </label>
      </div>
      {choices.map(([type, when]) => (
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
