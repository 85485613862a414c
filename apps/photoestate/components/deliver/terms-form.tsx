'use client';

import { Button } from '@repo/ui/button';
import { Checkbox } from '@repo/ui/checkbox';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Switch } from '@repo/ui/switch';
import { Textarea } from '@repo/ui/textarea';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Draft } from '../../lib/deliver-draft.ts';
import { useTRPC } from '../../lib/trpc.ts';

type Props = {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  /** Undefined leaves it as it is, null takes it away. */
  pin: string | null | undefined;
  onPin: (pin: string | null | undefined) => void;
  /** The link asks for a PIN already. */
  hasPin: boolean;
  /** Whether mails leave this server at all. */
  isMailed: boolean;
};

/** Who gets the photos, how, and for how long. */
export function TermsForm({ draft, onChange, pin, onPin, hasPin, isMailed }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <Field
        label="Mail to"
        aside="Optional"
        hint={
          isMailed
            ? 'Separate addresses with commas; each gets the link.'
            : 'This server has no mail server set up: its admin finds the mail in the outbox. Send your client the link.'
        }
      >
        {(control) => (
          <Input
            {...control}
            value={draft.recipients}
            onChange={({ target }) => onChange({ recipients: target.value })}
            placeholder="ann@example.com"
            autoComplete="off"
            inputMode="email"
          />
        )}
      </Field>
      <Field label="Message" aside="Optional" hint="In the mail, and above the photos.">
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={2_000}
            value={draft.message}
            onChange={({ target }) => onChange({ message: target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <PinField pin={pin} onPin={onPin} hasPin={hasPin} />
        <Field label="Good until" aside="Optional">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={draft.expires}
              onChange={({ target }) => onChange({ expires: target.value })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-col gap-3">
        <Toggle
          label="Show your name and logo"
          hint="Off: a page without branding, as listing portals ask for."
          on={draft.branded}
          onChange={(branded) => onChange({ branded })}
        />
        <Toggle
          label="Watermark until paid"
          hint="Until then, photos are seen and saved with a watermark only."
          on={draft.watermark}
          onChange={(watermark) => onChange({ watermark })}
        />
      </div>
      <Sizes chosen={draft.sizes} onChange={(sizes) => onChange({ sizes })} />
    </div>
  );
}

function PinField({ pin, onPin, hasPin }: Pick<Props, 'pin' | 'onPin' | 'hasPin'>) {
  const kept = hasPin && pin === undefined;
  return (
    <Field
      label="PIN"
      aside={
        hasPin && pin !== null ? (
          <Button variant="link" size="sm" onClick={() => onPin(null)}>
            Remove
          </Button>
        ) : (
          'Optional'
        )
      }
    >
      {(control) => (
        <Input
          {...control}
          value={pin ?? ''}
          inputMode="numeric"
          autoComplete="off"
          placeholder={kept ? 'Stays as it is' : '4 to 12 digits'}
          pattern="\d{4,12}"
          onChange={({ target }) => {
            const digits = target.value.replace(/\D+/g, '').slice(0, 12);
            onPin(digits === '' ? undefined : digits);
          }}
        />
      )}
    </Field>
  );
}

type ToggleProps = {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
};

function Toggle({ label, hint, on, onChange }: ToggleProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <label htmlFor={id} className="text-sm">
        <span className="block font-medium">{label}</span>
        <span className="block text-muted-foreground text-xs">{hint}</span>
      </label>
      <Switch id={id} checked={on} onCheckedChange={onChange} />
    </div>
  );
}

function Sizes({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (sizes: string[]) => void;
}) {
  const trpc = useTRPC();
  const id = useId();
  const [all, setAll] = useState(false);
  // What is ticked now stays in sight when it is unticked.
  const [first] = useState(chosen);
  const sizes = useQuery(trpc.delivery.sizes.queryOptions(undefined, { staleTime: 3_600_000 }));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 font-medium text-sm">Downloads</legend>
      {(sizes.data ?? [])
        .filter(({ name }) => all || first.includes(name))
        .map(({ name, label, detail }) => (
          <label key={name} htmlFor={`${id}-${name}`} className="flex items-center gap-2.5 text-sm">
            <Checkbox
              id={`${id}-${name}`}
              checked={chosen.includes(name)}
              onCheckedChange={(on) =>
                onChange(on === true ? [...chosen, name] : chosen.filter((each) => each !== name))
              }
            />
            <span className="min-w-24 sm:min-w-32">{label}</span>
            <span className="min-w-0 truncate text-muted-foreground text-xs">{detail}</span>
          </label>
        ))}
      {all ? null : (
        <div>
          <Button variant="link" size="sm" onClick={() => setAll(true)}>
            More sizes
          </Button>
        </div>
      )}
    </fieldset>
  );
}
