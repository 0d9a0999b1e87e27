import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

export function DraftNotice({ onDiscard }: { onDiscard: () => void }) {
  const t = useTranslations('forms');
  return (
    <Notice>
      <p>{t('draftRestored')}</p>
      <Button onClick={onDiscard}>{t('discardDraft')}</Button>
    </Notice>
  );
}
