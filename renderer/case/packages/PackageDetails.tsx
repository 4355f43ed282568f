/**
 * All of one package, as its sender or its receiver sees it: words, acts, files with receipts, the text that came along.
 */
import { Fragment, useState } from 'react';
import type { CaseView, FileRow, PackageRow } from '../../../shared/ipc/worker.ts';
import type { PackageId } from '../../../shared/primitives/ids.ts';
import { Seen } from '../../access/who/WhoCanSee.tsx';
import { ReleaseDialog } from '../../release/ReleaseDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { capital, countText, sizeText, whenText } from '../../ui/format.ts';
import { Grid } from '../../ui/Grid.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { Activity } from '../Activity.tsx';
import { FileActs } from '../files/FileActs.tsx';
import { FileName, fileRowName } from '../files/FileName.tsx';
import { FileWords } from '../files/FileWords.tsx';
import { PackageActs } from './PackageActs.tsx';
import { SentInError } from './SentInError.tsx';
import { PackageWords } from './PackageWords.tsx';
import { UrnText } from '../UrnText.tsx';

const columns = (pkg: PackageId): readonly Column<FileRow>[] => [
  { key: 'name', title: 'File', width: 'minmax(0, 1.5fr)', cell: (file) => <FileName file={file} /> },
  { key: 'words', title: 'Where it is', width: 'minmax(0, 1.7fr)', cell: (file) => <FileWords file={file} /> },
  {
    key: 'acts',
    title: 'Acts',
    width: '11.5rem',
    look: 'acts',
    cell: (file) => <FileActs file={file} inPackage={pkg} />,
  },
];

interface PackageDetailsProps {
  readonly pkg: PackageRow;
  /** The case, where it is open: then a returned package can be answered. */
  readonly view: CaseView | undefined;
  /** Whether this computer holds the case, so that one can go there. */
  readonly held?: boolean;
}

export function PackageDetails({ pkg, view, held }: PackageDetailsProps) {
  const [answering, setAnswering] = useState(false);
  const [asking, setAsking] = useState(false);
  const bytes = pkg.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <article className="package" aria-label={`Package: ${pkg.purpose}, ${pkg.org}`}>
      <PackageHeader pkg={pkg} />
      <PackageActs
        pkg={pkg}
        canGo={held ?? view !== undefined}
        canAnswer={view !== undefined}
        onAnswer={() => setAnswering(true)}
      >
        <Button expanded={asking} onPress={() => setAsking(!asking)}>
          Who can see this
        </Button>
      </PackageActs>
      {asking && <Seen of={pkg.case} about={{ package: pkg.package }} />}
      <section className="part" aria-labelledby="package-files">
        <div className="row">
          <h2 id="package-files">Files</h2>
          <span className="quiet">
            {countText(pkg.files.length, 'file')}, {sizeText(bytes)}
          </span>
        </div>
        <Grid
          label="Files of the package"
          columns={columns(pkg.package)}
          rows={pkg.files}
          idOf={(file) => file.version}
          nameOf={fileRowName}
        />
      </section>
      <SentInError pkg={pkg} />
      <AsReleased pkg={pkg} />
      <Activity activity={pkg.history} />
      {answering && view !== undefined && (
        <ReleaseDialog view={view} answers={pkg.package} onClose={() => setAnswering(false)} />
      )}
    </article>
  );
}

/** The text that came along by value: frozen, whatever the Case file says since. */
const AsReleased = ({ pkg }: { readonly pkg: PackageRow }) => (
  <>
    {pkg.summary !== '' && (
      <section className="part" aria-labelledby="package-summary">
        <h2 id="package-summary">Summary, as it was when released</h2>
        <p className="quoted">{pkg.summary}</p>
      </section>
    )}
    {pkg.record.length > 0 && (
      <section className="part" aria-labelledby="package-record">
        <h2 id="package-record">Case record, as it was when released</h2>
        <dl className="facts quoted">
          {pkg.record.map((line, index) => (
            <Fragment key={`${index} ${line.label}`}>
              <dt>{line.label}</dt>
              <dd>{line.value}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
    )}
  </>
);

/** What a withdrawal does and does not do. */
function withdrawnText(pkg: PackageRow): string {
  const held = pkg.files.filter((file) => file.receipts.length > 0).length;
  if (held === 0)
    return pkg.direction === 'sent'
      ? `Nothing had been delivered: ${pkg.org} can fetch none of it any more.`
      : 'Nothing had arrived here, and none of it can be fetched any more.';
  const rest = held === pkg.files.length ? '' : ' The rest can be fetched no more.';
  const files = `${held} of ${countText(pkg.files.length, 'file')}`;
  return pkg.direction === 'sent'
    ? `Delivered before: ${files}. That stays with ${pkg.org}, marked as withdrawn, and cannot be un-seen.${rest}`
    : `Here before it was withdrawn: ${files}. That stays, marked as withdrawn, and what was seen cannot be un-seen; ${pkg.org} asks you to disregard it.${rest}`;
}

const URGENCY: Record<PackageRow['urgency'], string> = {
  custody: 'Custody: clock running',
  urgent: 'Urgent',
  routine: 'Routine',
};

function PackageHeader({ pkg }: { readonly pkg: PackageRow }) {
  const towards =
    pkg.direction === 'sent' ? `To ${pkg.post}, ${pkg.org}` : `From ${pkg.by}, ${pkg.org}, to ${pkg.post}`;
  return (
    <header className="package-header">
      <p className="case-line">
        <UrnText urn={pkg.urn} />
        <span className={pkg.urgency === 'routine' ? undefined : 'needs'}>{URGENCY[pkg.urgency]}</span>
        <span>{whenText(pkg.at)}</span>
      </p>
      <h1 className="package-title">
        {capital(pkg.purpose)}: {pkg.caseTitle}
      </h1>
      <p>
        {towards}
        {pkg.direction === 'sent' && `, released by ${pkg.by}`}
      </p>
      {pkg.answers !== null && <p className="quiet">It answers an earlier package of this case.</p>}
      <PackageWords pkg={pkg} live />
      {pkg.word.text.startsWith('Withdrawn') && <p>{withdrawnText(pkg)}</p>}
      {pkg.note !== '' && (
        <p className="note">
          <span className="quiet">Note: </span>
          {pkg.note}
        </p>
      )}
    </header>
  );
}
