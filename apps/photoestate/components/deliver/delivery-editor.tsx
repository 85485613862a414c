'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { useDraft } from '@repo/ui/local';
import { toast } from '@repo/ui/toaster';
import { Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import {
  type Changes,
  changedTerms,
  type Draft,
  draftOf,
  NO_CHANGES,
  newDraft,
  overtakenBy,
  type Picked,
  termsOf,
  withChange,
  withFinished,
  withoutSaved,
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

const WORDS: Record<keyof Draft, string> = {
  ...{ choices: 'photos', recipients: 'recipients', message: 'message', expires: 'last day' },
  ...{ branded: 'branding', watermark: 'watermark', sizes: 'downloads' },
};

/** What is delivered, and on which terms. */
export function DeliveryEditor(props: Props) {
  const { all, delivery, hands } = props;
  const { draft, change, pin, setPin, newer, isTouched, overtaken, discard, save } =
    useEditor(props);
  const count = draft.choices.filter(({ included }) => included).length;
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
            pin={pin}
            onPin={setPin}
            hasPin={delivery?.hasPin ?? false}
            isMailed={all.isMailed}
          />
        </CardBody>
        <CardFooter data-foot className="sticky bottom-[var(--tray,0px)]">
          {overtaken.length > 0 ? (
            <p role="status" className="basis-full text-warning">
              Changed elsewhere meanwhile: {overtaken.map((part) => WORDS[part]).join(', ')}. Saving
              puts yours in its place.
            </p>
          ) : null}
          <span className="me-auto">
            {newer > 0
              ? `${counted(newer, 'photo')} have a newer version`
              : counted(count, 'photo')}
          </span>
          {isTouched ? (
            <Button variant="ghost" onClick={discard}>
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

/** What was changed and not saved yet, laid over the delivery as it is now. */
function useEditor({ listingId, all, delivery, hands, only, onCreated }: Props) {
  const draftKey = `delivery:${delivery?.id ?? listingId} ${JSON.stringify(only ?? [])}`;
  const begun = delivery ? draftOf(delivery, all) : newDraft(all, only);
  const [changes, keep, drop] = useDraft<Changes>(draftKey, NO_CHANGES);
  const latest = useRef(changes);
  useEffect(() => {
    latest.current = changes;
  }, [changes]);
  // Undefined leaves it as it is, null takes it away. A browser that keeps it would give it to the next person.
  const [pin, setPin] = useState<string | null>();
  const included = delivery === undefined && only === undefined;
  const draft = withFinished({ ...begun, ...changes.to }, { ...all, included });
  const newer = delivery?.photos.filter(({ outdated }) => outdated).length ?? 0;
  const pinned = pin === undefined ? {} : { pin };

  const update = async ({ id: deliveryId, updatedAt }: Delivery) => {
    const saved = changes;
    const { photos } = termsOf(draft);
    await hands.update.mutateAsync({
      ...{ deliveryId, updatedAt, ...changedTerms(draft, saved), ...pinned },
      ...(newer > 0 && { photos }),
    });
    const left = withoutSaved(latest.current, saved);
    if (Object.keys(left.to).length === 0) drop();
    else keep(left);
    setPin(undefined);
    toast.success('The delivery was changed');
  };
  const create = async () => {
    const terms = termsOf(draft);
    const { id } = await hands.create.mutateAsync({ listingId, ...terms, ...pinned });
    drop();
    onCreated(id);
    const { recipients } = terms;
    toast.success('Delivered', {
      description:
        recipients.length > 0 && all.isMailed
          ? `The link is on its way to ${recipients.join(', ')}.`
          : 'Copy the link, and send it to your client.',
    });
  };
  return {
    ...{ draft, pin, setPin, newer },
    change: (part: Partial<Draft>) => keep(withChange(changes, begun, part)),
    isTouched: Object.keys(changes.to).length > 0 || pin !== undefined,
    overtaken: delivery ? overtakenBy(begun, changes) : [],
    discard: () => {
      drop();
      setPin(undefined);
    },
    // What failed is said already; it is all still there.
    save: () => void (delivery ? update(delivery) : create()).catch(() => undefined),
  };
}
