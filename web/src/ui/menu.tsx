'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';

const item =
  'flex min-h-11 items-center gap-3 rounded-control px-3 text-lg outline-none select-none data-highlighted:bg-sunken sm:min-h-9 sm:text-base';

interface MenuProps {
  trigger: ReactNode;
  /** Opens with the mount: the press that loaded this code is the press that opens it. */
  defaultOpen?: boolean;
  side?: 'top' | 'right' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

export function Menu({ trigger, defaultOpen, side, align, children }: MenuProps) {
  return (
    <Radix.Root defaultOpen={defaultOpen} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="rise-in z-50 max-h-(--radix-dropdown-menu-content-available-height) w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-card border border-line bg-surface p-1.5 shadow-menu"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-3 pt-2 pb-1 text-xs text-muted">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}

export function MenuItem({ children, ...rest }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item className={item} {...rest}>
      {children}
    </Radix.Item>
  );
}

interface MenuCheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One of several that can be on together: the menu stays open. */
export function MenuCheck({ label, checked, onChange }: MenuCheckProps) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={item}
    >
      <span className="flex-1">{label}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden="true" className="size-4 text-brand" strokeWidth={2} />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; lang?: string }[];
  onChange: (value: T) => void;
}

export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const { label, value, options, onChange } = props;
  const choose = (name: string) => {
    const chosen = options.find((option) => option.value === name);
    if (chosen) onChange(chosen.value);
  };
  return (
    <>
      <MenuLabel>{label}</MenuLabel>
      <Radix.RadioGroup value={value} onValueChange={choose} aria-label={label}>
        {options.map((option) => (
          <Radix.RadioItem
            key={option.value}
            value={option.value}
            lang={option.lang}
            className={item}
          >
            <span className="flex-1">{option.label}</span>
            <Radix.ItemIndicator>
              <Check aria-hidden="true" className="size-4 text-brand" strokeWidth={2} />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </>
  );
}
