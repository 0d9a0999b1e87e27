import { SitePage } from '@/features/site/site-document';

export default function HindiLandingPage() {
  return <SitePage locale="hi-IN" />;
}
