import { SitePage } from '@/features/site/site-document';

export default function LandingPage() {
  return <SitePage locale="en-IN" />;
}
