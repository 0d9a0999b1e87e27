import { PageMissing } from '@/features/shell/page-missing';

export default function NotFound() {
  return <PageMissing of="page" />;
}
