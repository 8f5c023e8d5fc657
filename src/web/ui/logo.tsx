/** The mark: a stem whose roots take hold. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-none stroke-on-accent" strokeWidth="2.4" strokeLinecap="round">
        <path d="M16 6v20" />
        <path d="M16 14c0 5-3 5.500-5.500 7S7.500 25 7.500 26" />
        <path d="M16 14c0 5 3 5.500 5.500 7s3 4 3 5" />
      </g>
    </svg>
  );
}
