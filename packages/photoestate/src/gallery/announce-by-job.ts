import {
  button,
  link,
  paragraph,
  renderMail,
  smallPrint,
  strong,
  writeMail,
} from '@repo/foundation/mail';
import { notificationSettings } from '@repo/foundation/notification';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { listing } from '../listing/table.ts';
import { brandingOf } from '../organization/branding.ts';
import { stateOf } from './internal.ts';
import type { announceDeliveryJob } from './jobs.ts';
import { galleryUrl } from './link.ts';
import { delivery } from './table.ts';

type Announcement = z.output<typeof announceDeliveryJob.payload>;

/** Handler of `delivery.announce`. A link that was replaced or revoked meanwhile is told to nobody. */
export async function announceDelivery(
  ctx: Context,
  { deliveryId, linkNumber, number, recipients }: Announcement,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({
        row: delivery,
        address: listing.address,
        timeZone: notificationSettings.timeZone,
      })
      .from(delivery)
      .innerJoin(listing, eq(listing.id, delivery.listingId))
      .leftJoin(notificationSettings, eq(notificationSettings.userId, delivery.createdBy))
      .where(and(eq(delivery.id, deliveryId), isNull(listing.deletedAt)));
    if (found === undefined || found.row.linkNumber !== linkNumber) return;
    const { row, address, timeZone } = found;
    const { senderName: sender } = await brandingOf(tx, row.organizationId);
    const url = galleryUrl(ctx, row);
    if (url === null || stateOf(row, ctx.now()) !== 'open') return;
    const content = await deliveryMail({ row, address, sender, url, timeZone: timeZone ?? 'UTC' });
    // Who was taken off the list meanwhile is not told.
    const told = recipients?.filter((one) => row.recipients.includes(one)) ?? row.recipients;
    for (const recipient of told) {
      const dedupKey = `delivery:${deliveryId}:${number}:${recipient}`;
      await writeMail(tx, ctx, { kind: 'delivery', dedupKey, recipient, content });
    }
  });
}

interface Told {
  row: typeof delivery.$inferSelect;
  address: string;
  sender: string;
  url: string;
  /** Of whoever made the delivery. */
  timeZone: string;
}

function deliveryMail({ row, address, sender, url, timeZone }: Told) {
  const until = row.expiresAt === null ? undefined : momentInWords(row.expiresAt, timeZone);
  return renderMail({
    brand: sender,
    subject: `Your photos of ${address} are ready`,
    title: 'Your photos are ready',
    preview: `${sender} has delivered the photos of ${address}.`,
    body: [
      paragraph(strong(sender), ' has delivered the photos of ', strong(address), '.'),
      ...(row.message ?? '')
        .split(/\n+/)
        .filter((text) => text !== '')
        .map((text) => paragraph(text)),
      button(url, 'See the photos'),
      paragraph('Look at them on any device, say what you like, and download the sizes you need.'),
      ...(row.pinHash === null ? [] : [smallPrint(`You need a PIN, which ${sender} tells you.`)]),
      ...(until === undefined ? [] : [smallPrint(`The link is good until ${until}.`)]),
      smallPrint('If the button does not work, open this address: ', link(url, url)),
    ],
    footer: [smallPrint(`Sent for ${sender}. Whoever has this link can see the photos.`)],
  });
}

/** `1 May 2026 at 23:59 (Pacific/Auckland)`: the sender's last day may be another one in UTC. */
function momentInWords(at: Date, timeZone: string): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(at);
  return `${words} (${timeZone})`;
}
