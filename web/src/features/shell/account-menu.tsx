'use client';

import { ArrowRight, Building2, LogOut, UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LANGUAGES } from '@/i18n/locales';
import { chooseTheme, THEMES } from '@/lib/theme';
import { useTheme } from '@/lib/use-theme';
import { useSession } from '@/session/session-provider';
import { useRoleName } from '@/session/use-role-name';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu';
import { useGo } from '@/ui/use-go';
import { AccountTrigger, type AccountPlace } from './account-trigger';
import { useLanguage } from './use-language';
import { useSignOut } from './use-sign-out';

export function AccountMenu({ place }: { place: AccountPlace }) {
  const t = useTranslations('shell');
  const me = useSession((session) => session.me);
  const role = useRoleName();
  const theme = useTheme();
  const go = useGo();
  const [language, setLanguage] = useLanguage();
  const signOut = useSignOut();
  const elsewhere = me.tenants.filter(({ slug }) => slug !== me.tenant.slug);
  const themeLabels = { system: t('themeSystem'), light: t('themeLight'), dark: t('themeDark') };

  return (
    <Menu
      defaultOpen
      side="top"
      align={place === 'bar' ? 'end' : 'start'}
      trigger={<AccountTrigger place={place} />}
    >
      <MenuLabel>{t('signedInAs')}</MenuLabel>
      <div className="px-3 pb-1">
        <p className="text-lg font-medium sm:text-base">{me.user.full_name}</p>
        <p className="text-sm break-all text-muted">{me.user.email}</p>
        <p className="text-sm text-muted">
          {me.tenant.name} · {role}
        </p>
      </div>
      {elsewhere.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>{t('switchClinic')}</MenuLabel>
          {elsewhere.map(({ slug, name, origin }) => (
            <MenuItem key={slug} asChild>
              <a href={`${origin}/api/v1/auth/enter?next=/patients`}>
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <ArrowRight aria-hidden="true" className="size-4 text-muted" strokeWidth={1.75} />
              </a>
            </MenuItem>
          ))}
        </>
      )}
      <MenuSeparator />
      <MenuChoice
        label={t('language')}
        value={language}
        options={LANGUAGES}
        onChange={setLanguage}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: themeLabels[value] }))}
        onChange={chooseTheme}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => go('/account')}>
        <UserRound aria-hidden="true" className="size-4 text-muted" strokeWidth={1.75} />
        {t('yourAccount')}
      </MenuItem>
      {me.permissions.includes('organization.update') && (
        <MenuItem onSelect={() => go('/settings/organization')}>
          <Building2 aria-hidden="true" className="size-4 text-muted" strokeWidth={1.75} />
          {t('organization')}
        </MenuItem>
      )}
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden="true" className="size-4 text-muted" strokeWidth={1.75} />
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
