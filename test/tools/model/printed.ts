/** What a command of the model prints, and how it ends: 0 done or nothing wrong, 1 faults or findings, 2 unreadable. */
export interface Printed {
  readonly text: string;
  readonly code: 0 | 1 | 2;
}
