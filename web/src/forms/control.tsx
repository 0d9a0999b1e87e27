'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import type { FieldKind, FieldRule } from '@/api/field';
import type { FieldIds } from '@/ui/field';
import { AffixInput, Input, NativeSelect, Textarea } from '@/ui/input';
import { KINDS } from './kinds';

type InputProps = ComponentProps<'input'>;

export interface NamedChoice {
  value: string;
  label: string;
}

/** What a control is told by its form, also one that stands in place of these. */
export interface ControlOfField extends FieldIds {
  name: string;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
}

interface ControlProps extends ControlOfField {
  rule: FieldRule;
  choices: NamedChoice[];
  required?: boolean;
  prefix?: string;
  suffix?: string;
  input?: InputProps;
}

const FIGURES = { className: 'tabular-nums' };
const WHOLE: InputProps = { inputMode: 'numeric', ...FIGURES };
const DECIMAL: InputProps = { inputMode: 'decimal', ...FIGURES };
const CODE: InputProps = { autoCapitalize: 'none', spellCheck: false };

/** The right keyboard on a phone, and nothing filled in: a form is mostly about somebody else. */
const INPUTS: Partial<Record<FieldKind, InputProps>> = {
  email: { type: 'email' },
  password: { type: 'password' },
  phone: { type: 'tel', ...FIGURES },
  url: { type: 'url', placeholder: 'https://' },
  slug: CODE,
  ip: CODE,
  uuid: CODE,
  integer: WHOLE,
  decimal: DECIMAL,
  money: DECIMAL,
  duration: WHOLE,
  date: { type: 'date' },
  time: { type: 'time' },
  timestamp: { type: 'datetime-local' },
};

/** The control of a field's kind. */
export function Control(props: ControlProps) {
  const { rule, choices, required, prefix, suffix, input, ...rest } = props;
  const t = useTranslations('forms');
  const common = { ...rest, 'aria-required': required, autoComplete: 'off' };
  const { kind } = rule;

  if (kind === 'choice') {
    return (
      <NativeSelect {...common}>
        {(rule.nullable || rule.initial === undefined) && (
          <option value="">{t(rule.nullable ? 'noChoice' : 'choose')}</option>
        )}
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </NativeSelect>
    );
  }
  if (kind === 'multiline' || kind === 'texts' || kind === 'integers') {
    return <Textarea {...common} rows={kind === 'multiline' ? 2 : 3} />;
  }
  // A phone's keyboard for numbers has no minus.
  const negative = Number(rule.min) < 0 ? { inputMode: 'text' as const } : {};
  const attributes = { ...common, ...INPUTS[kind], ...negative, ...rangeOf(rule), ...input };
  // Behind India's +91, unless what is typed has a + of its own.
  const abroad = kind === 'phone' && props.value.trimStart().startsWith('+');
  const before = abroad ? undefined : (prefix ?? PREFIXES[kind]);
  const behind = suffix ?? (kind === 'duration' ? t('minutesUnit') : undefined);
  // A phone's goes while one types; another element would lose the focus.
  if (!before && !behind && kind !== 'phone') return <Input {...attributes} />;
  return <AffixInput {...attributes} prefix={before} suffix={behind} />;
}

const PREFIXES: Partial<Record<FieldKind, string>> = { money: '₹', phone: '+91' };

/** Of what browsers have a picker for. */
function rangeOf({ kind, min, max }: FieldRule) {
  if (kind !== 'date' && kind !== 'time') return {};
  const bound = (value: FieldRule['min']) => KINDS[kind].show(value, '') || undefined;
  return { min: bound(min), max: bound(max) };
}
