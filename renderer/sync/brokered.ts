/**
 * What the hidden window's preload passes on for each port that main brokers to the sync worker.
 */
const KINDS = ['window', 'vault', 'evidence'] as const;
export type BrokeredKind = (typeof KINDS)[number];
export interface Brokered {
  readonly joinder: 'port';
  readonly kind: BrokeredKind;
}

export function isBrokered(data: unknown): data is Brokered {
  if (typeof data !== 'object' || data === null) return false;
  const { joinder, kind } = data as Record<string, unknown>;
  return joinder === 'port' && KINDS.some((known) => known === kind);
}
