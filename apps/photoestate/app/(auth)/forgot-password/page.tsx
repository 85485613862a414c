import { ForgotPasswordForm } from '@repo/ui/auth/forgot-password-form';
import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Forgot password' };

export default function ForgotPasswordPage() {
  return <ForgotPasswordForm />;
}
