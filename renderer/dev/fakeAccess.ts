/** The fake worker's part of Access: everything is taken, and nothing comes of it. */
import type { AccessCalls } from '../../shared/ipc/access.ts';
import type { EmergencyCalls } from '../../shared/ipc/emergency.ts';
import type { RecoveryCalls } from '../../shared/ipc/recovery.ts';
import { fail, ok } from '../../shared/primitives/result.ts';

const done = async () => ok(null);

export const fakeAccess: AccessCalls & EmergencyCalls & RecoveryCalls = {
  askRecovery: done,
  answerRecovery: done,
  withdrawRecovery: done,
  doAccess: done,
  askAccess: async () => fail('offline' as const),
  answerRequest: done,
  findInEmergency: async () => fail('not found' as const),
  askEmergency: done,
  endEmergency: done,
  judgeEmergency: done,
  administer: async () => ok({ is: 'done' as const }),
  saveRelayWords: async () => fail('offline' as const),
  exportAudit: async () => fail('offline' as const),
  personalGrants: async () => ok([]),
  renewPersonal: async () => ok(null),
  recertify: async () => fail('offline' as const),
  exportRecertification: async () => fail('offline' as const),
};
