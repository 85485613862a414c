'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ElementType, type ReactNode, use, useMemo } from 'react';
import type { ProblemWords } from '../panel/problem.tsx';

type Moment = string | Date;

/** A webhook, as its product's server tells of it. */
export interface Webhook {
  id: string;
  url: string;
  description: string;
  /** Null for all, also those that come later. */
  eventTypes: readonly string[] | null;
  /** Where there are test keys: nothing of theirs is sent. */
  liveOnly?: boolean | undefined;
  signing: 'hmac' | 'ed25519';
  enabled: boolean;
  disabledReason: 'gone' | 'failing' | 'manual' | null;
  disabledAt: Moment | null;
  updatedAt: Moment;
  failingSince: Moment | null;
  rollingUntil: Moment | null;
}

export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'cancelled';

export interface WebhookDelivery {
  id: string;
  eventType: string;
  entityId: string;
  state: DeliveryState;
  attempts: number;
  lastStatus: number | null;
  nextAttemptAt: Moment | null;
  createdAt: Moment;
}

export interface WebhookDeliveryDetail extends WebhookDelivery {
  payload: string;
  tries: readonly {
    at: Moment;
    durationMs: number;
    succeeded: boolean;
    problem: string | null;
    request: { url: string; headers: Record<string, string> };
    response: { status: number; headers: Record<string, string>; body: string } | null;
  }[];
}

export interface WebhookWish {
  url: string;
  description: string;
  eventTypes: string[] | null;
  /** Given where there are test keys. */
  liveOnly?: boolean;
}

export interface DeliveryFilter {
  state?: DeliveryState;
  type?: string;
  cursor?: string;
}

/** The product's own calls. */
export interface WebhookCalls {
  list(): Promise<readonly Webhook[]>;
  health(): Promise<Readonly<Record<string, { tries: number; successes: number }>>>;
  get(endpointId: string): Promise<Webhook>;
  create(wish: WebhookWish & Pick<Webhook, 'signing'>): Promise<{ id: string }>;
  update(
    endpointId: string,
    change: Partial<WebhookWish> & { enabled?: boolean },
  ): Promise<Webhook>;
  remove(endpointId: string): Promise<unknown>;
  reveal(endpointId: string): Promise<{ secret: string }>;
  roll(endpointId: string): Promise<{ secret: string }>;
  test(endpointId: string): Promise<unknown>;
  deliveries(
    endpointId: string,
    filter: DeliveryFilter,
  ): Promise<{ data: readonly WebhookDelivery[]; nextCursor: string | null }>;
  delivery(endpointId: string, deliveryId: string): Promise<WebhookDeliveryDetail>;
  resend(endpointId: string, deliveryId: string): Promise<unknown>;
  replay(
    endpointId: string,
    range: { from: Date; to?: Date; states: 'missing' | 'all' },
  ): Promise<{ deliveries: number }>;
}

/** What differs from product to product. */
export interface WebhookDesk {
  /** Whose they are: what was loaded is kept under it. */
  ownerId: string;
  calls: WebhookCalls;
  /** Of the list, and of one. */
  hrefOf(endpointId?: string): string;
  goTo(href: string): void;
  /** The app's own way from page to page. */
  Link: ElementType;
  describeError(error: unknown): ProblemWords;
  /** When each event is sent; those of tests are in no choice. */
  events: Readonly<Record<string, string>>;
  /** Of the list, where the page does not have it already. */
  title: string;
  /** Says what webhooks are good for, above the list. */
  about: string;
  /** How something is made to happen that they tell of. */
  makeHappen: string;
  /** Test keys upload, too. */
  hasTests: boolean;
}

const Desk = createContext<WebhookDesk | null>(null);

export function WebhookDeskProvider({
  desk,
  children,
}: {
  desk: WebhookDesk;
  children: ReactNode;
}) {
  return <Desk value={desk}>{children}</Desk>;
}

export function useDesk(): WebhookDesk & { key: readonly unknown[]; refresh(): Promise<void> } {
  const desk = use(Desk);
  const queries = useQueryClient();
  if (desk === null) throw new Error('webhooks are shown within a WebhookDeskProvider');
  return useMemo(() => {
    const key = ['webhooks', desk.ownerId];
    return { ...desk, key, refresh: () => queries.invalidateQueries({ queryKey: key }) };
  }, [desk, queries]);
}
