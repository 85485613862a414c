import type { Webhook, WebhookCalls, WebhookWish } from './desk.tsx';

type Calls = WebhookCalls;
type Query<I, O> = { query: (input: I) => Promise<O> };
type Mutation<I, O = unknown> = { mutate: (input: I) => Promise<O> };
type Answer<K extends keyof Calls> = Awaited<ReturnType<Calls[K]>>;

/** The procedures of both products: `Of` names whose webhooks they are, `E` are the product's events. */
export interface WebhookApi<Of, E extends string> {
  list: Query<Of, Answer<'list'>>;
  health: Query<Of, Answer<'health'>>;
  get: Query<At<Of>, Webhook>;
  create: Mutation<Of & Typed<WebhookWish, E> & Pick<Webhook, 'signing'>, Answer<'create'>>;
  update: Mutation<At<Of> & Partial<Typed<WebhookWish, E>> & { enabled?: boolean }, Webhook>;
  delete: Mutation<At<Of>>;
  reveal: Mutation<At<Of>, Answer<'reveal'>>;
  roll: Mutation<At<Of>, Answer<'roll'>>;
  test: Mutation<At<Of>>;
  deliveries: Query<
    At<Of> & Omit<Parameters<Calls['deliveries']>[1], 'type'> & { type?: E },
    Answer<'deliveries'>
  >;
  delivery: Query<Delivery<Of>, Answer<'delivery'>>;
  resend: Mutation<Delivery<Of>>;
  replay: Mutation<At<Of> & Parameters<Calls['replay']>[1], Answer<'replay'>>;
}

type At<Of> = Of & { endpointId: string };
type Delivery<Of> = At<Of> & { deliveryId: string };
type Typed<W, E extends string> = Omit<W, 'eventTypes'> & { eventTypes: E[] | null };

/** What can be done with the webhooks of one owner. Choices of events are the names of the desk's `events`. */
export function webhookCalls<Of extends object, E extends string>(
  api: WebhookApi<Of, E>,
  of: Of,
): WebhookCalls {
  const at = (endpointId: string) => ({ ...of, endpointId });
  return {
    list: () => api.list.query(of),
    health: () => api.health.query(of),
    get: (id) => api.get.query(at(id)),
    create: (wish) =>
      api.create.mutate({ ...of, ...(wish as Typed<typeof wish, E>), signing: wish.signing }),
    update: (id, change) =>
      api.update.mutate({ ...at(id), ...(change as Partial<Typed<WebhookWish, E>>) }),
    remove: (id) => api.delete.mutate(at(id)),
    reveal: (id) => api.reveal.mutate(at(id)),
    roll: (id) => api.roll.mutate(at(id)),
    test: (id) => api.test.mutate(at(id)),
    deliveries: (id, { type, ...filter }) =>
      api.deliveries.query({ ...at(id), ...filter, ...(type && { type: type as E }) }),
    delivery: (id, deliveryId) => api.delivery.query({ ...at(id), deliveryId }),
    resend: (id, deliveryId) => api.resend.mutate({ ...at(id), deliveryId }),
    replay: (id, range) => api.replay.mutate({ ...at(id), ...range }),
  };
}
