import { join } from 'node:path';
import { damaged, readState, stringIn, writeState } from './state-file.ts';

export interface Demo {
  readonly slipway: {
    readonly url: string;
    readonly email: string;
    readonly password: string;
    readonly projectId: string;
    readonly apiKey: string;
  };
  readonly photoestate: { readonly url: string; readonly email: string; readonly password: string };
}

export const demoFile = (dataDir: string): string => join(dataDir, 'demo.json');

export function readDemo(dataDir: string): Demo | undefined {
  const file = demoFile(dataDir);
  const state = readState(file);
  if (state === undefined) return undefined;
  const need = (product: string, key: string): string => {
    const value = stringIn(state, product, key);
    if (value === undefined) throw damaged(file, `${product}.${key} is missing`);
    return value;
  };
  return {
    slipway: {
      url: need('slipway', 'url'),
      email: need('slipway', 'email'),
      password: need('slipway', 'password'),
      projectId: need('slipway', 'projectId'),
      apiKey: need('slipway', 'apiKey'),
    },
    photoestate: {
      url: need('photoestate', 'url'),
      email: need('photoestate', 'email'),
      password: need('photoestate', 'password'),
    },
  };
}

export function writeDemo(dataDir: string, demo: Demo): void {
  writeState(demoFile(dataDir), { ...demo });
}

export interface Addresses {
  readonly slipway: string;
  readonly photoestate: string;
}

/** The ports may have moved since the last start. */
export function keepDemoTrue(dataDir: string, demo: Demo, urls: Addresses): void {
  if (demo.slipway.url === urls.slipway && demo.photoestate.url === urls.photoestate) return;
  writeDemo(dataDir, {
    slipway: { ...demo.slipway, url: urls.slipway },
    photoestate: { ...demo.photoestate, url: urls.photoestate },
  });
}
