import { expect, test } from 'vitest';
import { browserName } from './browser-name.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36';

test.each([
  [CHROME, 'Chrome on Linux', false],
  [EDGE, 'Edge on Windows', false],
  [PHONE, 'Safari on iPhone', true],
  [ANDROID, 'Chrome on Android', true],
  ['curl/8.0', 'Unknown browser', false],
  [null, 'Unknown browser', false],
] as const)('%s is %s', (userAgent, name, isPhone) => {
  expect(browserName(userAgent)).toEqual({ name, isPhone });
});
