'use client';

import { colorProblem, DEFAULT_COLORS, textOn } from '@repo/photoestate/colors';
import { PictureField } from '@repo/ui/account/picture-field';
import { usePicture } from '@repo/ui/account/use-picture';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { Field, FieldError } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { toast } from '@repo/ui/toaster';
import { ImageIcon } from 'lucide-react';
import { useState } from 'react';
import type { OrganizationSettings } from '../../lib/trpc.ts';
import { sendPicture } from '../../lib/upload/send-picture.ts';
import { useSettings } from './use-settings.ts';

const COLOR = /^#[0-9a-f]{6}$/i;

/** Logo, colours and sender: what clients see of an organization. */
export function BrandingCard({ settings }: { settings: OrganizationSettings }) {
  const { organizationId, name, logoUrl } = settings;
  const { update, removeLogo, refresh } = useSettings(organizationId);
  const logo = usePicture(async (file) => {
    await sendPicture(file, { route: 'organizationLogo', input: { organizationId } });
    await refresh();
  });
  const [sender, setSender] = useState(settings.senderName ?? '');
  const [accent, setAccent] = useState(settings.accentColor ?? '');
  const [background, setBackground] = useState(settings.backgroundColor ?? '');
  const wish = {
    senderName: sender.trim() === '' ? null : sender.trim(),
    accentColor: accent === '' ? null : accent.toLowerCase(),
    backgroundColor: background === '' ? null : background.toLowerCase(),
  };
  const areColors = [accent, background].every((each) => each === '' || COLOR.test(each));
  const problem = areColors ? colorProblem(wish.accentColor, wish.backgroundColor) : null;
  const isSame =
    wish.senderName === settings.senderName &&
    wish.accentColor === settings.accentColor &&
    wish.backgroundColor === settings.backgroundColor;
  const save = () =>
    update.mutate(
      { organizationId, ...wish },
      { onSuccess: () => toast.success('Branding saved') },
    );
  return (
    <Card aria-labelledby="branding-title">
      <CardHeader
        titleId="branding-title"
        title="Branding"
        description="On the galleries that clients open, and in the mails they get."
      />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (areColors && problem === null) save();
        }}
      >
        <CardBody className="flex flex-col gap-6">
          <PictureField
            label="Logo"
            hint="JPEG, PNG, WebP or AVIF, up to 10 MB; on a transparent ground it fits any colour."
            shown={<Logo url={logoUrl} background={shownColor(background, 'background')} />}
            hasPicture={logoUrl !== null}
            busy={logo.busy || removeLogo.isPending}
            error={logo.error}
            onChoose={(file) => void logo.offer(file)}
            onRemove={() => removeLogo.mutate({ organizationId })}
          />
          <Field
            label="Sender"
            hint="Who galleries and mails say they are from. Left empty: the organization’s name."
          >
            {(control) => (
              <Input
                {...control}
                value={sender}
                maxLength={80}
                placeholder={name}
                onChange={({ target }) => setSender(target.value)}
              />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <ColorField
              label="Accent"
              hint="Buttons and links."
              value={accent}
              standard={DEFAULT_COLORS.accent}
              onChange={setAccent}
            />
            <ColorField
              label="Background"
              hint="What galleries stand on."
              value={background}
              standard={DEFAULT_COLORS.background}
              onChange={setBackground}
            />
          </div>
          <Preview
            name={wish.senderName ?? name}
            logoUrl={logoUrl}
            accent={shownColor(accent, 'accent')}
            background={shownColor(background, 'background')}
          />
          {problem ? <FieldError>{problem}</FieldError> : null}
        </CardBody>
        <CardFooter>
          <span>The text on each colour is black or white, whichever reads better.</span>
          <Button
            type="submit"
            variant="primary"
            busy={update.isPending}
            disabled={isSame || !areColors || problem !== null}
          >
            Save
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}

const shownColor = (value: string, what: 'accent' | 'background') =>
  COLOR.test(value) ? value : DEFAULT_COLORS[what];

function Logo({ url, background }: { url: string | null; background: string }) {
  return (
    <span
      className="flex h-16 w-28 shrink-0 items-center justify-center overflow-hidden rounded-md border p-2"
      style={{ backgroundColor: background }}
    >
      {url ? (
        <LogoImage url={url} alt="The logo" className="max-h-full max-w-full" />
      ) : (
        <ImageIcon
          aria-hidden="true"
          className="size-5 opacity-60"
          style={{ color: textOn(background) }}
        />
      )}
    </span>
  );
}

type LogoProps = { url: string; alt: string; className: string };

function LogoImage({ url, alt, className }: LogoProps) {
  // biome-ignore lint/performance/noImgElement: from Slipway, in the size that is shown
  return <img src={url} alt={alt} className={`object-contain ${className}`} />;
}

type ColorProps = {
  label: string;
  hint: string;
  value: string;
  /** What holds while none is chosen. */
  standard: string;
  onChange: (value: string) => void;
};

/** Typed, or picked with the browser's own picker. */
function ColorField({ label, hint, value, standard, onChange }: ColorProps) {
  const isColor = value === '' || COLOR.test(value);
  return (
    <Field
      label={label}
      hint={hint}
      error={isColor ? undefined : 'Expected a colour such as #1f6feb.'}
      aside={
        value === '' ? undefined : (
          <button
            type="button"
            className="text-link underline-offset-4 hover:underline"
            onClick={() => onChange('')}
          >
            Standard
          </button>
        )
      }
    >
      {(control) => (
        <span className="flex gap-2">
          <input
            type="color"
            aria-label={`${label}: pick`}
            value={value !== '' && isColor ? value.toLowerCase() : standard}
            onChange={({ target }) => onChange(target.value)}
            className="h-8 w-11 shrink-0 cursor-pointer rounded-md border border-input bg-card p-0.5"
          />
          <Input
            {...control}
            value={value}
            placeholder={standard}
            maxLength={7}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            onChange={({ target }) => onChange(target.value.trim())}
          />
        </span>
      )}
    </Field>
  );
}

type PreviewProps = { name: string; logoUrl: string | null; accent: string; background: string };

/** What a gallery's head will look like. */
function Preview({ name, logoUrl, accent, background }: PreviewProps) {
  return (
    <figure>
      <div
        className="flex items-center justify-between gap-4 rounded-md border px-4 py-4"
        style={{ backgroundColor: background, color: textOn(background) }}
      >
        <span className="flex min-w-0 items-center gap-3">
          {logoUrl ? <LogoImage url={logoUrl} alt="" className="max-h-8 max-w-24" /> : null}
          <span className="truncate font-semibold">{name}</span>
        </span>
        <span
          className="shrink-0 rounded-md px-3 py-1.5 font-medium text-sm"
          style={{ backgroundColor: accent, color: textOn(accent) }}
        >
          Download
        </span>
      </div>
      <figcaption className="mt-1.5 text-muted-foreground text-xs">
        The head of a gallery with this branding
      </figcaption>
    </figure>
  );
}
