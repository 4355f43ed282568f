/**
 * FAKE. Answers as the sync worker would, from memory, while screens are looked at. Its documents merge for real, because
 * they speak y-websocket's own protocol; nothing is sealed, stored or sent. Never bundled in the application.
 */
import { fakeAccess } from './fakeAccess.ts';
import { fakePassport } from './fakePassport.ts';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import type { ReadCalls } from '../../shared/ipc/evidence.ts';
import type { Port } from '../../shared/ipc/rpc.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { StickReport } from '../../shared/ipc/stick.ts';
import type { ReleasePreview } from '../../shared/ipc/release.ts';
import type { WorkerCalls } from '../../shared/ipc/worker.ts';
import { writeNewCase, recordRoot } from '../../shared/model/record.ts';
import { setField } from '../../shared/model/register.ts';
import { SUMMARY_FIELD } from '../../shared/model/summary.ts';
import type { Hash, PackageId } from '../../shared/primitives/ids.ts';
import { fakeGuestCalls } from './fakeGuests.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { portOf } from '../worker/port.ts';
import { CASE } from './fakePackages.ts';
import { caseView, views } from './fakeScene.ts';

const PREVIEW: ReleasePreview = {
  org: 'Mercia Prosecution Service',
  bytes: 3_370_000_000,
  toSend: 3_370_000_000,
  firstTime: true,
  twice: [],
  stays: [],
  fingerprint: '91c0aa37f3d25e88b4602c9a1be7d4f506',
  newly: [
    'The case record: title, URN, officer, 1 suspect, 1 offence, 1 witness',
    'The summary (32 words), live from then on',
    '6 files, by name: MG11 statement A. Marsh.pdf, MG5 case summary signed.pdf and 4 more',
  ],
  summary:
    'At 21:40 on 22 November the suspect entered the shop at 14 Harbour Street and demanded the contents of the till.',
};
const STICK_REPORT: StickReport = {
  from: ['Northmere Police'],
  packages: [
    {
      package: '0'.repeat(32) as PackageId,
      caseTitle: 'R v Marsh',
      purpose: 'charging decision',
      isNew: true,
      files: [
        { name: 'MG11 statement A. Marsh.pdf', lost: null },
        { name: 'Body worn video, Harbour Street, camera 3, second part.mp4', lost: 'damaged' },
      ],
    },
  ],
  words: 1,
  known: 0,
  refused: [
    {
      what: 'File 2 of 2',
      why: 'not a bundle of Joinder',
      sentence: 'This file is not a bundle that Joinder wrote onto a stick. Choose the file that ends in .stick.',
    },
  ],
};
const done = async () => ok(null);

export function fakeWorker(as: string, port: Port): void {
  const all = views(as);
  const calls: WorkerCalls = {
    watch: async (name) =>
      peer.tell('view', { name, value: name.startsWith('case:') ? caseView(as) : all[name as keyof typeof all] }),
    unwatch: async () => undefined,
    createCase: async () => ok(CASE),
    importCase: async () => ok(CASE),
    exportCase: async () =>
      ok({ folder: 'Joinder export 2026-11-22', sha256: 'ab'.repeat(32) as Hash, files: 2, without: [] }),
    importFolder: async () => fail({ is: 'act' as const, cause: 'offline' as const }),
    exportPdf: async () => fail('offline' as const),
    exportServed: async () =>
      ok({ folder: 'Served bundle 2026-11-22', sha256: 'ab'.repeat(32) as Hash, files: 2, without: [] }),
    exportPast: async () => ok({ sha256: 'ab'.repeat(32) as Hash, rows: 6, left: 0 }),
    exportItems: async () => ok({ sha256: 'ab'.repeat(32) as Hash }),
    addFiles: async () => ok('i1'),
    addFrom: async () => ok('import'),
    cancelImport: async () => undefined,
    addAgain: done,
    seenImport: async () => undefined,
    previewRelease: async () => ok(PREVIEW),
    release: async () => ok('0'.repeat(32) as PackageId),
    withdraw: async () => fail('too late'),
    sentInError: done,
    keepOffline: async () => undefined,
    freeSpace: async () => ({
      files: 2,
      bytes: 48_000_000,
      kept: [{ files: 1, why: 'it was not released, so it is nowhere else' }],
    }),
    dropFile: done,
    accept: done,
    returnPackage: done,
    decideLate: done,
    askAboutComputers: async () => fail('no network' as const),
    exportStick: async () => ok({ parts: 1, bytes: 3_200_000 }),
    importStick: async () => STICK_REPORT,
    cancelStick: async () => undefined,
    sendByLink: async () => ok(null),
    pause: async () => undefined,
    resume: async () => undefined,
    moveFirst: async () => undefined,
    setLimits: async () => undefined,
    goOnOnce: async () => undefined,
    fetchAgain: async () => undefined,
    retryNow: async () => undefined,
    openVersion: async (version) => {
      const file = [...caseView(as).items.map((item) => item.file), ...all.inbox.flatMap((pkg) => pkg.files)].find(
        (row) => row.version === version,
      );
      return file === undefined
        ? fail('not found')
        : ok({
            handle: file.name,
            name: file.name,
            type: file.type,
            size: (await contentOf(file.name)).length,
            whole: true,
          });
    },
    closeVersion: async () => undefined,
    recordOpened: done,
    ...fakeAccess,
    ...fakeGuestCalls,
    exportVersion: async () => ok({ sha256: 'ab'.repeat(32) as Hash }),
    showProof: async () =>
      ok({
        verified: true,
        lines: [
          { label: 'Says', value: 'Opened: MG11 statement A. Marsh.pdf' },
          { label: 'Header', value: '7f'.repeat(60) },
          { label: 'Signature', value: '3c'.repeat(64) },
        ],
      }),
    passportOf: async () => ok(fakePassport()),
    savePassport: async () => ok({ sha256: 'ab'.repeat(32) as Hash }),
    alreadySent: async () => [],
    previewCertificate: async () => ({ ok: true, value: { rows: [], sha256: '9'.repeat(64) as Hash, hindrances: [] } }),
    readCertificate: async () => ({ ok: true, value: { rows: [], fits: true, isApart: false } }),
    doSensitive: () => Promise.resolve(ok(null)),
    doWork: done,
    giveOn: done,
    handOver: (cases) => Promise.resolve({ done: cases.length, failed: [] }),
    looked: async () => undefined,
    opened: async () => undefined,
    seenAlarm: async () => undefined,
    unsent: async () => ({ files: 0, bytes: 0, edits: 0, sentences: [] }),
    flush: async () => undefined,
  };
  const peer = connectPeer(port, calls, (name, data, ports) => {
    const [socket] = ports as readonly MessagePort[];
    if (name === 'socket' && socket) serve((data as { stream: string }).stream, portOf(socket));
  });
  if (as === 'store') peer.tell('store', 'damaged');
}

const docs = new Map<string, Y.Doc>();

function docOf(stream: string): Y.Doc {
  const known = docs.get(stream);
  if (known) return known;
  const doc = new Y.Doc();
  docs.set(stream, doc);
  const author = {
    by: 'Priya Nair',
    at: Date.now() - 3_600_000,
    newKey: () => crypto.randomUUID().replaceAll('-', ''),
  };
  writeNewCase(
    doc,
    {
      title: 'R v Hale: robbery, Harbour Street',
      urn: '01AB1234526',
      kind: 'charging',
      officer: 'Priya Nair',
      suspects: [{ name: 'Hale, Martin', born: '1990-03-01' }],
      offences: [{ code: 'TH68023', wording: 'Robbery', date: '2026-11-22', place: '14 Harbour Street' }],
      people: [{ role: 'witness', name: 'Marsh, Alice' }],
    },
    author,
  );
  setField(recordRoot(doc), 'officer', 'Sam Whitlock', { ...author, by: 'Sam Whitlock' }, []);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [
    new Y.XmlText(
      'At 21:40 on 22 November the suspect entered the shop at 14 Harbour Street and demanded the contents of the till.',
    ),
  ]);
  doc.getXmlFragment(SUMMARY_FIELD).insert(0, [paragraph]);
  return doc;
}

/** The server's part of y-websocket, and the worker's own message that says what is saved. */
function serve(stream: string, port: Port): void {
  const doc = docOf(stream);
  const post = (write: (encoder: encoding.Encoder) => void): void => {
    const encoder = encoding.createEncoder();
    write(encoder);
    if (encoding.length(encoder) < 2) return;
    port.post(encoding.toUint8Array(encoder).slice().buffer);
  };
  let frames = 0;
  port.listen((message) => {
    if (!(message instanceof ArrayBuffer)) return;
    const decoder = decoding.createDecoder(new Uint8Array(message));
    if (decoding.readVarUint(decoder) !== 0) return;
    post((answer) => {
      encoding.writeVarUint(answer, 0);
      if (syncProtocol.readSyncMessage(decoder, answer, doc, port) === syncProtocol.messageYjsSyncStep1) return;
      frames++;
      setTimeout(
        () =>
          post((saved) => {
            encoding.writeVarUint(saved, 100);
            encoding.writeVarUint(saved, frames);
          }),
        200,
      );
    });
  });
  post((hello) => {
    encoding.writeVarUint(hello, 0);
    syncProtocol.writeSyncStep1(hello, doc);
  });
}

async function contentOf(name: string): Promise<Uint8Array> {
  if (name.endsWith('.txt'))
    return new TextEncoder().encode('Search of 14 Harbour Street, 22 November, 23:10.\n'.repeat(60));
  if (name.endsWith('.pdf')) return new TextEncoder().encode(smallPdf('Witness statement of Alice Marsh (made up)'));
  const canvas = new OffscreenCanvas(1600, 1000);
  const draw = canvas.getContext('2d');
  if (draw !== null) {
    draw.fillStyle = '#9fb4bd';
    draw.fillRect(0, 0, 1600, 1000);
    draw.fillStyle = '#14222b';
    draw.font = '64px sans-serif';
    draw.fillText(name, 80, 500);
  }
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

/** Two pages of one line each; the cross-reference table is left to the reader to rebuild. */
function smallPdf(line: string): string {
  const stream = `BT /F1 20 Tf 60 760 Td (${line.replaceAll(/[()]/g, '')}) Tj ET`;
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >> >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
    page,
    page,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  return `%PDF-1.4\n${objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer << /Root 1 0 R /Size 7 >>\n%%EOF`;
}

export const fakeEvidence = (): ReadCalls => ({
  read: async (handle, from, length) => ok((await contentOf(handle)).slice(from, from + length)),
});
