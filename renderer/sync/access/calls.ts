/** What windows may ask about access and audit, as functions: each a thin step to the act that it names. */
import type { AccessAct, AccessCalls, AnswerRequest, AskAccess } from '../../../shared/ipc/access.ts';
import type { CaseId, Hash, SeatId, WorkId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { RecoveryCalls } from '../../../shared/ipc/recovery.ts';
import type { AskEmergency, EmergencyCalls } from '../../../shared/ipc/emergency.ts';
import type { AdminAct } from '../../../shared/wire/administer.ts';
import { exportAudit, saveRelayWords } from '../audit/reading.ts';
import type { Desktop } from '../desktop.ts';
import { doAccess } from './acts.ts';
import { askPersonal, renewPersonal } from './personal.ts';
import { recertify } from './recertification/acts.ts';
import { exportRecertification } from './recertification/view.ts';
import { askEmergency, findInEmergency } from './emergency/asking.ts';
import { endEmergency } from './emergency/ending.ts';
import { judgeEmergency } from './emergency/judging.ts';
import { answerRecovery, askRecovery, withdrawRecovery } from './recovery/recovering.ts';
import { answerRequest, askAccess } from './requests.ts';

export const accessCalls = ({ session }: Desktop): AccessCalls & EmergencyCalls & RecoveryCalls => ({
  doAccess: (of: CaseId, what: AccessAct) => doAccess(session, of, what),
  administer: async (act: AdminAct) => {
    const id = newId<string>(session.platform);
    const answer = await session.vault.askAuthority({ do: 'administer', id, act });
    if (!answer.ok) return answer;
    return answer.value.is === 'administered' ? ok(answer.value.answer) : fail('malformed');
  },
  askRecovery: (why: string) => askRecovery(session, why),
  answerRecovery: (id: WorkId, decline: string | null) => answerRecovery(session, id, decline),
  withdrawRecovery: (id: WorkId) => withdrawRecovery(session, id),
  findInEmergency: (wanted: string) => findInEmergency(session, wanted),
  askEmergency: (asked: AskEmergency) => askEmergency(session, asked),
  endEmergency: (of: CaseId, reason: Hash) => endEmergency(session, of, reason),
  judgeEmergency: (of: CaseId, reason: Hash, justified: boolean, note: string) =>
    judgeEmergency(session, of, reason, { justified, note }),
  askAccess: (asked: AskAccess) => askAccess(session, asked),
  answerRequest: (id: WorkId, answer: AnswerRequest) => answerRequest(session, id, answer),
  saveRelayWords: (token: string) => saveRelayWords(session, token),
  personalGrants: () => askPersonal(session),
  renewPersonal: (person, seat, until) => renewPersonal(session, person, seat, until),
  recertify: (act) => recertify(session, act),
  exportRecertification: (campaign, round, token) => exportRecertification(session, campaign, round, token),
  exportAudit: (seat: SeatId, as: 'jsonl' | 'csv', token: string) => exportAudit(session, seat, as, token),
});
