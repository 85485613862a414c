'use client';

import { useState } from 'react';
import { createUploadComponents } from 'slipway/react';
import type { Uploads } from './api/slipway/route';

const { UploadButton, UploadDropzone } = createUploadComponents<Uploads>();

export default function Page() {
  const [greeting, setGreeting] = useState('');
  return (
    <main>
      <h1>Slipway</h1>
      <h2>A picture of you</h2>
      <UploadButton
        route="avatar"
        onDone={({ serverData }) => setGreeting(serverData?.greeting ?? '')}
      />
      <p id="greeting">{greeting}</p>
      <h2>Your documents</h2>
      <UploadDropzone route="documents" />
    </main>
  );
}
