import { ResetPasswordForm } from '@repo/ui/auth/reset-password-form';
import type { Metadata } from 'next';

// The address holds a secret until it was used.
export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' };

export default function ResetPasswordPage() {
  return <ResetPasswordForm />;
}
