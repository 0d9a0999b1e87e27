import { PageMissing } from '@/features/shell/page-missing';

/** Beyond the desk, whose shell has a main of its own. */
export default function NotFound() {
  return (
    <main>
      <PageMissing of="page" />
    </main>
  );
}
