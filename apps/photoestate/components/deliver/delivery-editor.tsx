'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { useDraft } from '@repo/ui/local';
import { toast } from '@repo/ui/toaster';
import { Send } from 'lucide-react';
import {
  type Draft,
  draftOf,
  newDraft,
  type Picked,
  termsOf,
  withFinished,
} from '../../lib/deliver-draft.ts';
import { counted } from '../../lib/listing-status.ts';
import type { DeliveriesOfListing, Delivery } from '../../lib/trpc.ts';
import { PhotoOrder } from './photo-order.tsx';
import { TermsForm } from './terms-form.tsx';
import type { Deliveries } from './use-deliveries.ts';

type Props = {
  listingId: string;
  all: DeliveriesOfListing;
  /** Undefined: a new one is made. */
  delivery: Delivery | undefined;
  hands: Deliveries;
  /** What a new one begins with; left out: all that are finished. */
  only?: readonly Picked[] | undefined;
  onCreated: (deliveryId: string) => void;
};

/** What is delivered, and on which terms. */
export function DeliveryEditor({ listingId, all, delivery, hands, only, onCreated }: Props) {
  const draftKey = `delivery:${delivery?.id ?? listingId} ${JSON.stringify(only ?? [])}`;
  const begun = delivery ? draftOf(delivery, all) : newDraft(all, only);
  const [kept, setDraft, dropDraft] = useDraft(draftKey, begun);
  const included = delivery === undefined && only === undefined;
  const draft = withFinished(kept, { ...all, included });
  const change = (part: Partial<Draft>) => setDraft({ ...kept, ...part });
  const count = draft.choices.filter(({ included }) => included).length;
  const newer = delivery?.photos.filter(({ outdated }) => outdated).length ?? 0;
  const isTouched = JSON.stringify(kept) !== JSON.stringify(begun);
  // What is said of it is said also when another page is shown by then.
  const save = () => {
    const terms = termsOf(draft);
    if (delivery) {
      hands.update.mutateAsync({ deliveryId: delivery.id, ...terms }).then(
        () => {
          dropDraft();
          toast.success('The delivery was changed');
        },
        () => undefined,
      );
      return;
    }
    hands.create.mutateAsync({ listingId, ...terms }).then(
      ({ id }) => {
        dropDraft();
        onCreated(id);
        const { recipients } = terms;
        toast.success('Delivered', {
          description:
            recipients.length > 0 && all.isMailed
              ? `The link is on its way to ${recipients.join(', ')}.`
              : 'Copy the link, and send it to your client.',
        });
      },
      () => undefined,
    );
  };
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <PhotoOrder choices={draft.choices} onChange={(choices) => change({ choices })} />
      <Card
        aria-labelledby="terms-title"
        className="flex flex-col lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem-var(--tray,0px))]"
      >
        <CardHeader
          titleId="terms-title"
          title={delivery ? 'This link' : 'A link for your client'}
        />
        {/* What is done with it stays in sight. */}
        <CardBody className="min-h-0 lg:overflow-y-auto">
          <TermsForm
            draft={draft}
            onChange={change}
            hasPin={delivery?.hasPin ?? false}
            isMailed={all.isMailed}
          />
        </CardBody>
        <CardFooter className="sticky bottom-[var(--tray,0px)]">
          <span className="mr-auto">
            {newer > 0
              ? `${counted(newer, 'photo')} have a newer version`
              : counted(count, 'photo')}
          </span>
          {isTouched ? (
            <Button variant="ghost" onClick={dropDraft}>
              Discard
            </Button>
          ) : null}
          <Button
            type="submit"
            variant="primary"
            disabled={count === 0}
            busy={hands.create.isPending || hands.update.isPending}
          >
            <Send />
            {delivery ? 'Save changes' : `Deliver ${counted(count, 'photo')}`}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
