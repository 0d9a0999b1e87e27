import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

interface DraftNoticeProps {
  /** What it is called to have the form without the draft. */
  discard: string;
  onDiscard: () => void;
}

export function DraftNotice({ discard, onDiscard }: DraftNoticeProps) {
  const t = useTranslations('forms');
  return (
    <Notice>
      <p>{t('draftRestored')}</p>
      <Button onClick={onDiscard}>{discard}</Button>
    </Notice>
  );
}
