'use client';

import { useTranslations } from 'next-intl';
import { ShortcutList } from '@/features/shell/shortcut-list';
import { ShortcutSwitch } from '@/features/shell/shortcut-switch';
import { useLanguage } from '@/features/shell/use-language';
import { LANGUAGES } from '@/i18n/locales';
import { chooseTheme, THEMES } from '@/lib/theme';
import { useTheme } from '@/lib/use-theme';
import { Choice, ChoiceGroup } from '@/ui/choice';
import { Section } from './section';

const THEME_LABELS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;

export function DeviceSettings() {
  const t = useTranslations('account');
  const theme = useTheme();
  const [language, setLanguage] = useLanguage();
  return (
    <Section id="device" title={t('device')} text={t('deviceText')}>
      <div className="space-y-6">
        <ChoiceGroup id="language" legend={t('language')}>
          {LANGUAGES.map(({ value, label, lang }) => (
            <Choice
              key={value}
              name="language"
              label={label}
              lang={lang}
              value={value}
              checked={language === value}
              onChange={() => setLanguage(value)}
            />
          ))}
        </ChoiceGroup>
        <ChoiceGroup id="theme" legend={t('theme')}>
          {THEMES.map((value) => (
            <Choice
              key={value}
              name="theme"
              label={t(THEME_LABELS[value])}
              value={value}
              checked={theme === value}
              onChange={() => chooseTheme(value)}
            />
          ))}
        </ChoiceGroup>
        <ShortcutSwitch />
        <details className="group text-lg sm:text-base">
          <summary className="inline-flex min-h-11 items-center font-medium text-brand underline underline-offset-4 sm:min-h-8">
            {t('showKeys')}
          </summary>
          <div className="pt-3">
            <ShortcutList />
          </div>
        </details>
      </div>
    </Section>
  );
}
