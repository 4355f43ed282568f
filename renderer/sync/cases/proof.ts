/**
 * Showing a receipt's proof: the signed header as it stands in the log, the device's key as the directory has it, and
 * whether the one verifies under the other now. Anybody can check it again with the bytes shown.
 */
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { decodeEntry, verifyHeader } from '../../../shared/seal/entry/entry.ts';
import type { FactOf } from '../../../shared/model/logged.ts';
import type { Session } from '../session.ts';

export interface ShownProof {
  readonly lines: readonly { label: string; value: string }[];
  readonly verified: boolean;
}

export async function showProof(session: Session, proof: Hash): Promise<Result<ShownProof, ActCause>> {
  const fact = session.facts.get(proof);
  const row = await session.db.log.where('hash').equals(proof).first();
  const entry = row?.entry && decodeEntry(row.entry);
  if (!fact || (fact.fact.is !== 'receipt' && fact.fact.is !== 'copy destroyed') || !row || !entry || !entry.ok)
    return fail('not found');
  const directory = session.directories.current(fact.org);
  const device = directory?.known.get(fact.device);
  if (!device) return fail('not found');
  const verified = await verifyHeader(
    session.platform,
    await importVerifyKey(session.platform, device.signKey),
    entry.value,
  );
  const { by, at } = fact.fact;
  const lines = [
    ...whatLines(fact.fact),
    { label: 'Who', value: `${by.personName}, ${by.post}, ${by.orgName}` },
    { label: 'When', value: new Date(at).toISOString() },
    { label: 'Computer', value: `${device.name} (${device.device})` },
    {
      label: 'Place in the intake\u2019s order',
      value: `${row.n}, taken by the relay ${new Date(row.time).toISOString()}`,
    },
    { label: 'Header hash', value: proof },
    { label: 'Signed header', value: toHex(entry.value.header) },
    { label: 'Signature (ECDSA P-256)', value: toHex(entry.value.signature) },
    { label: 'Key of the computer', value: toHex(device.signKey) },
  ];
  return ok({ lines, verified });
}

const whatLines = (fact: FactOf<'receipt' | 'copy destroyed'>): ShownProof['lines'] =>
  fact.is === 'receipt'
    ? [
        { label: 'What', value: fact.what },
        { label: 'SHA-256 of the content', value: fact.sha256 },
      ]
    : [
        { label: 'What', value: 'destroyed what was sent in error' },
        { label: 'How much', value: `${fact.versions.length} files, ${fact.chunks} chunks, ${fact.bytes} bytes` },
      ];
