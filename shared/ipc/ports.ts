/**
 * How the hidden page (`renderer/sync/page.ts`) gets ports: window messages from its preload script, each with one port but
 * for `gone`. The page says `{joinder: 'ready'}` to itself once it listens; before that none is brought. A window that comes
 * again under a known number replaces its old port.
 */
export type PortMessage =
  /** To the vault: `VaultCalls` there, `WorkerHostCalls` here. A new one replaces the old. */
  | { readonly joinder: 'port'; readonly kind: 'vault' }
  /** To the evidence process: `EvidenceCalls` there. A new one replaces the old: that process was started again and knows nothing. */
  | { readonly joinder: 'port'; readonly kind: 'evidence' }
  /** To a window: `WorkerCalls` here. */
  | { readonly joinder: 'port'; readonly kind: 'window'; readonly window: number }
  /** That window was closed or has connected anew. */
  | { readonly joinder: 'gone'; readonly window: number };
