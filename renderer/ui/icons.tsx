/**
 * The few marks in use. Each is decoration beside a text or inside a named button, never the only sign of anything.
 */
import type { ReactNode } from 'react';

const Mark = ({ children }: { readonly children: ReactNode }) => (
  <svg
    className="icon"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const TickIcon = () => (
  <Mark>
    <path d="m3 8.5 3.2 3.2L13 4.6" strokeWidth="2.4" />
  </Mark>
);
export const GripIcon = () => (
  <Mark>
    <path d="M6 3.5h.01M6 8h.01M6 12.5h.01M10 3.5h.01M10 8h.01M10 12.5h.01" strokeWidth="2" />
  </Mark>
);
export const ChevronIcon = () => (
  <Mark>
    <path d="m4 6 4 4 4-4" />
  </Mark>
);
export const LockIcon = () => (
  <Mark>
    <rect x="3" y="7" width="10" height="7" rx="1" />
    <path d="M5 7V5a3 3 0 0 1 6 0v2" />
  </Mark>
);
export const SunIcon = () => (
  <Mark>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1" />
  </Mark>
);
export const MoonIcon = () => (
  <Mark>
    <path d="M13.5 9.5A6 6 0 1 1 6.5 2.5a5 5 0 0 0 7 7Z" />
  </Mark>
);
export const SearchIcon = () => (
  <Mark>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 4 4" />
  </Mark>
);
export const CasesIcon = () => (
  <Mark>
    <path d="M1.5 4.5h5l1.2 1.6h6.8V13a.8.8 0 0 1-.8.8H2.300a.8.8 0 0 1-.8-.8Z" />
    <path d="M4 2.200h6" />
  </Mark>
);
export const InboxIcon = () => (
  <Mark>
    <path d="M2 9.500 4 3h8l2 6.500V13H2Z" />
    <path d="M2 9.500h3.500c0 1.400 1 2.200 2.500 2.200s2.500-.8 2.500-2.200H14" />
  </Mark>
);
export const NeedsIcon = () => (
  <Mark>
    <path d="M8 2 1.500 13.500h13Z" />
    <path d="M8 6.500v3.200M8 11.600v.1" />
  </Mark>
);
export const TransfersIcon = () => (
  <Mark>
    <path d="M5 13.500V3M2.500 5.500 5 3l2.500 2.500M11 2.500V13M8.500 10.500 11 13l2.500-2.500" />
  </Mark>
);
export const RulesIcon = () => (
  <Mark>
    <path d="M3.5 2h9v12h-9ZM6 5.500h4M6 8h4M6 10.500h2.500" />
  </Mark>
);
export const MeasuresIcon = () => (
  <Mark>
    <path d="M2 13.500h12M4 11V8M8 11V3M12 11V6" />
  </Mark>
);
export const BackIcon = () => (
  <Mark>
    <path d="M10 3 5 8l5 5" />
  </Mark>
);
export const CloseIcon = () => (
  <Mark>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Mark>
);
export const PlusIcon = () => (
  <Mark>
    <path d="M8 3v10M3 8h10" />
  </Mark>
);

export const AccessIcon = () => (
  <Mark>
    <circle cx="5.2" cy="10.8" r="2.7" />
    <path d="m7.2 8.8 5.3-5.3M10.4 5.6l1.8 1.8M12.5 3.5l1 1" />
  </Mark>
);
