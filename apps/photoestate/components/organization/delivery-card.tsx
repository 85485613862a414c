'use client';

import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { Switch } from '@repo/ui/switch';
import type { OrganizationSettings } from '../../lib/trpc.ts';
import { useSettings } from './use-settings.ts';

const CHOICES = [
  {
    name: 'brandedGalleries',
    title: 'New galleries show the branding',
    about: 'Each can be changed by itself. Listing portals ask for pages without branding.',
  },
  {
    name: 'watermarkUntilPaid',
    title: 'Watermark until paid',
    about: 'Clients see and download photos with a watermark until the listing is marked as paid.',
  },
] as const;

/** What holds for what is delivered. Each takes effect at once. */
export function DeliveryCard({ settings }: { settings: OrganizationSettings }) {
  const { organizationId } = settings;
  const { update } = useSettings(organizationId);
  return (
    <Card aria-labelledby="delivery-title">
      <CardHeader titleId="delivery-title" title="Delivery" />
      <CardBody>
        <ul className="divide-y">
          {CHOICES.map(({ name, title, about }) => (
            <li
              key={name}
              className="flex items-start justify-between gap-6 py-3 first:pt-0 last:pb-0"
            >
              <div className="min-w-0">
                <p id={`${name}-title`} className="font-medium text-sm">
                  {title}
                </p>
                <p id={`${name}-about`} className="text-muted-foreground text-sm">
                  {about}
                </p>
              </div>
              <Switch
                className="mt-0.5"
                aria-labelledby={`${name}-title`}
                aria-describedby={`${name}-about`}
                checked={settings[name]}
                onCheckedChange={(isOn) => update.mutate({ organizationId, [name]: isOn })}
              />
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
