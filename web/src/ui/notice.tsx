import { clsx } from 'clsx';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';

const tones = {
  info: 'border-info/30 bg-info-soft text-ink [&>svg]:text-info',
  warning: 'border-warning/30 bg-warning-soft text-ink [&>svg]:text-warning',
  danger: 'border-danger/30 bg-danger-soft text-ink [&>svg]:text-danger',
};

const icons = { info: Info, warning: TriangleAlert, danger: CircleAlert };

interface NoticeProps {
  tone?: keyof typeof tones;
  title?: string;
  /** Read out at once; for what came as the answer to an action. */
  alert?: boolean;
  /** For giving it the focus. */
  ref?: Ref<HTMLDivElement>;
  children?: ReactNode;
}

export function Notice({ tone = 'info', title, alert = false, ref, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div
      ref={ref}
      tabIndex={ref ? -1 : undefined}
      role={alert ? 'alert' : undefined}
      className={clsx('flex gap-3 rounded-card border p-4 text-lg sm:text-base', tones[tone])}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" strokeWidth={1.75} />
      <div className="min-w-0 flex-1 space-y-2">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
