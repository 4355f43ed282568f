/** What parts of the worker show and take that have a contract of their own: access, emergencies, guests, recovery, sticks. */
import type { AccessCalls, AccessViews } from './access.ts';
import type { EmergenciesView, EmergencyCalls } from './emergency.ts';
import type { GuestCalls, GuestViews } from './guests.ts';
import type { RecoveryCalls, RecoveryViews } from './recovery.ts';
import type { StickActs } from './stick.ts';

export interface ViewsOfParts extends AccessViews, GuestViews, RecoveryViews {
  emergencies: EmergenciesView;
}

export type CallsOfParts = AccessCalls & EmergencyCalls & GuestCalls & RecoveryCalls & StickActs;
