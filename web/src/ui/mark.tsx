/** Three houses in a row that share walls. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 100 100"
      className={className}
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="7"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d="M14 78V44l18-16 18 16v34M50 44l18-16 18 16v34M8 78h84M32 78V60M68 78V60" />
    </svg>
  );
}
