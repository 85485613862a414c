import { digestHere } from './digest-here.ts';

type Asked = { id: number; piece: Blob };

addEventListener('message', ({ data: { id, piece } }: MessageEvent<Asked>) => {
  digestHere(piece)
    .then((digest) => postMessage({ id, digest }))
    .catch(() => postMessage({ id }));
});
