/** Vectors of an intake: what a partner and its own post append to it, boxed to the releasing and the reading post. */
import { concat, toHex, utf8 } from '../../shared/primitives/bytes.ts';
import { emptyArea } from '../../shared/seal/area/admit.ts';
import { sealBox } from '../../shared/seal/boxes.ts';
import type { Entry } from '../../shared/seal/entry/entry.ts';
import { commitTo, encodeEntry, sealContent } from '../../shared/seal/entry/entry.ts';
import type { Area, Twist, Writer } from '../../shared/seal/fixture.ts';
import { createOp, grantTo, pair, platform, say, tryAdmit, write, writeChain } from '../../shared/seal/fixture.ts';
import { hashHeader } from '../../shared/seal/entry/header.ts';
import { intakeOf } from '../../shared/seal/area/places.ts';
import { fixedArea, fixedBytes, fixedOrg, fixedWriter, orgText, pairText } from './cast.ts';

type Post = Awaited<ReturnType<typeof fixedWriter>>;

async function boxed(
  writer: Writer,
  area: Area,
  kind: string,
  words: string,
  readers: readonly Post[],
  twist: Twist = {},
) {
  const [salt, plain, key] = [
    fixedBytes(`salt of ${words}`).subarray(0, 16),
    utf8(words),
    fixedBytes(`key of ${words}`),
  ];
  const content = concat(salt, plain);
  const draft = await write(writer, area, kind, plain, { commit: await commitTo(platform, content), ...twist });
  const hash = await hashHeader(platform, draft.header);
  const boxes = await Promise.all(
    readers.map((reader) => sealBox(hash, reader.seat, 1, reader.seatKeys.publicKey, key)),
  );
  const entry: Entry = {
    ...draft,
    seal: twist.seal ?? { by: 'boxes', sealed: await sealContent(platform, key, hash, content) },
  };
  return { entry, hash, words, boxes: boxes.map((box) => ({ ...box, sealed: toHex(box.sealed) })) };
}

const draft = async (...args: Parameters<typeof boxed>) => (await boxed(...args)).entry;

export async function intakeVectors() {
  const [force, service, stranger] = [
    await fixedOrg('Aldershire Police'),
    await fixedOrg('Prosecution Service'),
    await fixedOrg('Stranger'),
  ];
  const [officer, lawyer, gone, nobody] = [
    await fixedWriter(force, 'officer'),
    await fixedWriter(service, 'lawyer'),
    await fixedWriter(force, 'gone'),
    await fixedWriter(stranger, 'nobody'),
  ];
  await pair(force, service);
  await say(force, { is: 'revoked', device: gone.device });
  const id = await intakeOf(platform, service.org, lawyer.seat);
  const area: Area = {
    ...fixedArea('intake', force, service, stranger),
    area: id,
    state: emptyArea(id, { org: service.org, seat: lawyer.seat }),
  };
  const history: unknown[] = [];
  const take = async (writer: Writer, kind: string, words: string) => {
    const { entry, hash, boxes } = await boxed(writer, area, kind, words, [officer, lawyer]);
    const verdict = await tryAdmit(area, writer, entry);
    if (verdict !== 'ok') throw new Error(`${words}: ${verdict}`);
    history.push({ name: words, entry: toHex(encodeEntry(entry)), hash, plain: toHex(utf8(words)), boxes });
  };
  await take(officer, 'package', 'officer sends a package');
  await take(lawyer, 'receipt', 'lawyer has it');
  await take(lawyer, 'event', 'lawyer accepts');
  await take(officer, 'event', 'officer withdraws');
  await take(lawyer, 'audit', 'who looked');
  const refused: { name: string; entry: string; cause: string }[] = [];
  const refuse = async (name: string, writer: Writer, made: Promise<Entry>) => {
    const entry = await made;
    const cause = await tryAdmit({ ...area }, { ...writer }, entry);
    if (cause === 'ok') throw new Error(`${name}: admitted`);
    refused.push({ name, entry: toHex(encodeEntry(entry)), cause });
  };
  await refuse('an organisation that is no partner', nobody, draft(nobody, area, 'package', 'a package', [lawyer]));
  await refuse('a device that was revoked', gone, draft(gone, area, 'package', 'a package', [lawyer]));
  await refuse('an edit', officer, draft(officer, area, 'edit', 'an edit', [lawyer]));
  await refuse(
    'a chain',
    lawyer,
    writeChain(lawyer, area, await createOp(area, service.org, [grantTo(lawyer, 'lead')])),
  );
  await refuse('sealed under a stream', officer, write(officer, area, 'package', utf8('a package')));
  await refuse(
    'clear in the header',
    officer,
    draft(officer, area, 'package', 'a package', [lawyer], { body: utf8('clear') }),
  );
  await refuse('not sealed', officer, draft(officer, area, 'package', 'a package', [lawyer], { seal: { by: 'none' } }));
  return {
    about:
      "The intake of the lawyer's post: `history` is admitted in order, each entry opens with the key in either box; each of `refused` is refused after it.",
    authorities: [orgText(force), orgText(service), orgText(stranger)],
    intake: { area: id, org: service.org, seat: lawyer.seat },
    seatKeys: { [officer.seat]: pairText(officer.seatKeys), [lawyer.seat]: pairText(lawyer.seatKeys) },
    history,
    refused,
  };
}
