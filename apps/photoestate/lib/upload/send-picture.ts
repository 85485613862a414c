import { createUploader } from 'slipway/client';

type Wish = { route: 'profilePicture' | 'organizationLogo'; input: object };

/** Sends one picture; resolves when it is taken, and throws what a person is told otherwise. */
export async function sendPicture(file: File, { route, input }: Wish): Promise<void> {
  const uploader = createUploader({ endpoint: '/api/uploads', route, input, resumable: false });
  uploader.add([file]);
  const { items } = await uploader.settled();
  const [item] = items;
  if (item?.state !== 'done')
    throw new Error(item?.error?.message ?? 'The picture could not be sent; try again.');
}
