/** Two pixels that say that newer rows or another page are on their way, while the old ones stay. */
export function ProgressLine({ active }: { active: boolean }) {
  return (
    <div aria-hidden="true" className="h-0.5 overflow-hidden print:hidden">
      {active && <div className="progress-line h-full w-1/4 bg-accent" />}
    </div>
  );
}
