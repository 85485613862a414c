/** Words of questions, which are in every page and say nothing of what is looked for. */
export const SKIPPED: ReadonlySet<string> = new Set(
  'a an and can do does for from how i in is it my of on or the to use using what with'.split(' '),
);

/**
 * What newcomers type where the pages say it otherwise. The words, or a phrase of up to three, also find what
 * stands beside them, for a little less than what was typed.
 */
export const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map([
  // Frameworks and languages
  ['nextjs', ['next.js']],
  ['nodejs', ['node.js']],
  ['reactjs', ['react']],
  ['vuejs', ['vue']],
  ['sveltekit', ['svelte']],
  ['vue', ['web component']],
  ['svelte', ['web component']],
  ['angular', ['web component']],
  ['python', ['any language']],
  ['go', ['any language']],
  ['golang', ['any language']],
  ['php', ['any language']],
  ['laravel', ['any language']],
  ['django', ['any language']],
  ['rails', ['any language']],
  ['ruby', ['any language']],
  ['rust', ['any language']],
  ['java', ['any language']],
  ['curl', ['any language']],
  // Addresses and pictures
  ['presigned', ['private files', 'signed']],
  ['presigned url', ['private files', 'signed']],
  ['pre signed url', ['private files', 'signed']],
  ['signed url', ['private files']],
  ['resize', ['pictures', 'sizes']],
  ['resiz', ['pictures', 'sizes']],
  ['image', ['picture']],
  ['photo', ['picture']],
  ['crop', ['pictures']],
  ['thumbnail', ['pictures']],
  ['transform', ['pictures']],
  ['transformation', ['pictures']],
  ['optimization', ['pictures']],
  ['compress', ['pictures']],
  // The component
  ['progress', ['dropzone', 'button']],
  ['progress bar', ['dropzone', 'button']],
  ['drag drop', ['dropzone']],
  ['styling', ['dropzone']],
  // Limits, keys, money
  ['rate limit', ['rate limits']],
  ['rate limiting', ['rate limits']],
  ['throttling', ['rate limits']],
  ['max size', ['rules']],
  ['file size', ['rules']],
  ['file type', ['rules']],
  ['size limit', ['rules']],
  ['mime', ['rules']],
  ['expiration', ['rules']],
  ['api key', ['keys']],
  ['token', ['keys']],
  ['authentication', ['keys']],
  ['pricing', ['plans']],
  ['price', ['plans']],
  // Running it
  ['install', ['installation']],
  ['quickstart', ['getting started']],
  ['tutorial', ['getting started']],
  ['docker', ['self-hosting']],
  ['deploy', ['self-hosting']],
  ['email', ['mails']],
  ['backup', ['backups']],
  ['r2', ['s3']],
  ['minio', ['s3']],
  ['event', ['webhooks']],
  ['notification', ['mails', 'webhooks']],
]);
