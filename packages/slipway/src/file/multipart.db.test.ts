import { describeMultipart } from './multipart.contract.ts';

// On S3 servers the same runs as `multipart.storage.test.ts`.
describeMultipart('disk', () => ({}));
