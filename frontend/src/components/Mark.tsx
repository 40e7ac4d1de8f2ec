import type { Schemas } from "@/api/client";

/** The mark: two leaves on one stem. The open leaf asks, the full one answers. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 30V17" stroke="var(--leaf)" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="10" cy="11" r="6.8" fill="none" stroke="var(--leaf)" strokeWidth="2.4" />
      <path d="M16 22c0-7 3.500-12.500 12.500-14C29.500 16.500 25 22 16 22z" fill="var(--leaf)" />
      <path
        d="M12.500 17.200C14.500 18.800 16 20.500 16 23.500"
        stroke="var(--leaf)"
        strokeWidth="2.4"
        fill="none"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** Who speaks, as a leaf: an open round one for the prompter, a full pointed one for the assistant. */
export function RoleMark({ role, size = 28 }: { role: Schemas["MessageRoleEnum"]; size?: number }) {
  return role === "prompter" ? (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <circle cx="14" cy="12" r="9" fill="none" stroke="var(--bark)" strokeWidth="2.4" />
      <path d="M14 21v5" stroke="var(--bark)" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  ) : (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <path d="M5 25C4 13 10 4 24 3c1 14-6 21-17 20" fill="var(--leaf)" />
      <path
        d="M4 26C8 18 13 13 18 9.500"
        stroke="var(--surface)"
        strokeWidth="1.600"
        fill="none"
        strokeLinecap="round"
      />
    </svg>
  );
}
