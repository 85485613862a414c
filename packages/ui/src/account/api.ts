import type { NoticeChoice, NoticeSwitch } from './notice-choices.tsx';
import type { SessionItem } from './sessions-card.tsx';

type Query<T> = { query: () => Promise<T> };
type Mutation<I> = { mutate: (input: I) => Promise<unknown> };

/** The procedures of both products about the signed-in person. */
export type AccountApi = {
  removePicture: { mutate: () => Promise<unknown> };
  rename: Mutation<{ name: string }>;
  sessions: Query<SessionItem[]>;
  endSession: Mutation<{ sessionId: string }>;
  endOtherSessions: { mutate: () => Promise<unknown> };
  delete: Mutation<{ confirmEmail: string }>;
};

export type NotificationSettings = {
  email: string;
  emailVerified: boolean;
  isMailed: boolean;
  timeZone: string | null;
  kinds: NoticeChoice[];
};

export type NotificationApi = {
  get: Query<NotificationSettings>;
  update: Mutation<{ timeZone?: string; choices?: NoticeSwitch[] }>;
  noticeTimeZone: Mutation<{ timeZone: string }>;
};

/** What a person is told of a failure. */
export type Describe = (error: unknown) => { message: string; requestId: string | undefined };
