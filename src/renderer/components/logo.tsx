/** The mark: a seal whose initial is written on the lines of a ledger. */
const seal =
  'M16 1.5l3.3 2.4 4-.6 1.6 3.8 3.8 1.6-.6 4 2.4 3.3-2.4 3.3.6 4-3.8 1.6-1.6 3.8-4-.6-3.3 2.4-3.3-2.4-4 .6-1.6-3.8-3.8-1.6.6-4L1.5 16l2.4-3.3-.6-4 3.8-1.6 1.6-3.8 4 .6z';

export function LogoMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d={seal} fill="var(--mantine-color-verdigris-7)" />
      <path
        d="M21.2 11.6a6.8 6.8 0 1 0 0 8.8M14.8 13.6h6M14.8 18.4h6"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
