import { setRequestLocale } from 'next-intl/server';
import { Landing } from '@/features/site/landing';

export default function LandingPage() {
  setRequestLocale('en-IN');
  return <Landing />;
}
