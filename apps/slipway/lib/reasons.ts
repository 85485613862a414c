const REASONS: Readonly<Record<string, string>> = {
  announced: 'Announced, and a URL given out',
  replaced: 'A newer version took its place',
  version_over: 'Kept for as long as older versions are',
  bytes_arrived: 'All bytes are there; looking at them',
  verified: 'Size, digest and type agree',
  size_mismatch: 'Another size than announced',
  type_mismatch: 'The content is of another type',
  digest_mismatch: 'Other bytes than announced',
  infected: 'A scanner found something',
  no_bytes: 'The bytes never came',
  object_lost: 'The storage lost the object',
  bytes_damaged: 'Its bytes changed on the storage',
  deleted: 'Deleted',
  trashed: 'Deleted; it can be restored from the trash',
  restored: 'Restored from the trash',
  purged: 'Deleted for good',
  trash_over: 'It was in the trash for long enough',
  expired: 'Its time was over',
  not_confirmed: 'Nobody confirmed it in time',
  image_dimensions: 'More or fewer pixels than the rules allow',
  cancelled: 'Given up by its sender',
};

/** A reason of the API in words; one that is new to this page as it came. */
export const describeReason = (reason: string): string =>
  REASONS[reason] ?? reason.replaceAll('_', ' ');

const ACTORS: Readonly<Record<string, string>> = {
  user: 'a member',
  api_key: 'the API',
  system: 'the sweeper',
  anonymous: 'the sender',
};

export const describeActor = (actor: string | null): string | undefined =>
  actor === null ? undefined : (ACTORS[actor] ?? actor);
