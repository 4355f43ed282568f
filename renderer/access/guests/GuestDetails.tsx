/** One guest, case by case: what they have, what they brought and said, what was decided; and the acts of who answers for them. */
import { useEffect, useRef, useState } from 'react';
import type { GuestFolderRow, GuestInvited, GuestRow, SponsorRow } from '../../../shared/ipc/guests.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';
import { Write } from '../../guest/GuestHome.tsx';
import { GuestFiles, GuestLines } from '../../guest/parts.tsx';
import { ChooseItems } from '../../release/ChooseItems.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { AskForm } from '../../ui/AskForm.tsx';
import { Button } from '../../ui/Button.tsx';
import { countText, whenText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { Status } from '../../ui/Word.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { useCase } from '../../worker/views.ts';
import { DecideGuests } from './DecideGuests.tsx';
import type { Deciding } from './DecideGuests.tsx';
import { HandOver, newest } from './InviteGuest.tsx';

export function GuestDetails({ row, sponsors }: { readonly row: GuestRow; readonly sponsors: readonly SponsorRow[] }) {
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const [code, setCode] = useState<GuestInvited | null>(null);
  const asking = useAct();
  // It stands below a list that may be long: who chose a name there is brought to it.
  const shown = useRef<HTMLElement>(null);
  useEffect(() => shown.current?.focus(), []);
  const newCode = (): void =>
    void asking.run(async () => {
      const outcome = await worker().guestCode(row.guest);
      if (outcome.ok) setCode(outcome.value);
      return outcome;
    });
  return (
    <section className="part stack" aria-label={`${row.name}, ${row.from}`} ref={shown} tabIndex={-1}>
      <div className="row">
        <h2>{row.name}</h2>
        <span className="quiet">{row.from}</span>
        <Status word={row.word} />
        {row.canDecide && (
          <span className="push row">
            <Button small onPress={() => setDeciding('extend')}>
              Extend…
            </Button>
            <Button small onPress={() => setDeciding('sponsor')}>
              Change who answers…
            </Button>
            <Button small busy={asking.busy} onPress={newCode}>
              Another code
            </Button>
            <Button small kind="danger" onPress={() => setDeciding('end')}>
              End…
            </Button>
          </span>
        )}
      </div>
      <p className="quiet">
        {row.isSponsored
          ? `${row.sponsor} answers for them, as ${row.sponsorPost}.`
          : `Nobody answers for them: ${row.sponsor} has left ${row.sponsorPost}.`}{' '}
        {row.computers === 0
          ? 'No computer of theirs is let in.'
          : `${countText(row.computers, 'computer of theirs is', 'computers of theirs are')} let in.`}
      </p>
      {asking.wrong !== null && <Trouble sentence="There is no code." next={asking.wrong} />}
      {row.folders.map((folder) => (
        <Folder key={folder.area} folder={folder} isIn={row.isIn} />
      ))}
      {deciding !== null && (
        <DecideGuests what={deciding} guests={[row]} sponsors={sponsors} onClose={() => setDeciding(null)} />
      )}
      {code !== null && (
        <Ask title={`Another code for ${row.name}`} open onClose={() => setCode(null)}>
          <HandOver invited={code} />
          <footer>
            <Button kind="main" onPress={() => setCode(null)}>
              Close
            </Button>
          </footer>
        </Ask>
      )}
    </section>
  );
}

function Folder({ folder, isIn }: { readonly folder: GuestFolderRow; readonly isIn: boolean }) {
  const [sharing, setSharing] = useState(false);
  const taking = useAct();
  return (
    <div className="stack tight">
      <div className="row">
        <h3>{folder.title}</h3>
        <span className="quiet small">
          Invited by {folder.by}, {whenText(folder.at)}: {folder.why}
        </span>
        {isIn && (
          <span className="push">
            <Button small onPress={() => setSharing(true)}>
              Share more files…
            </Button>
          </span>
        )}
      </div>
      {folder.items.length > 0 && <GuestFiles label={`Shared in ${folder.title}`} files={folder.items} />}
      {folder.brought.length > 0 && (
        <>
          <h3>What they brought</h3>
          <GuestFiles
            label={`Brought in ${folder.title}`}
            files={folder.brought}
            onTake={({ version }) => void taking.run(() => worker().takeGuestFile(version))}
          />
        </>
      )}
      {taking.wrong !== null && <Trouble sentence="The file was not added to the case." next={taking.wrong} />}
      {folder.said.length > 0 && <GuestLines label={`Written in ${folder.title}`} lines={folder.said} />}
      {folder.decided.length > 0 && (
        <ul className="bullets" aria-label={`Decided in ${folder.title}`}>
          {folder.decided.map(({ at, sentence }) => (
            <li key={at}>
              {sentence} <span className="quiet small">{whenText(at)}</span>
            </li>
          ))}
        </ul>
      )}
      {isIn && <Write folder={folder} label="Message to the guest" />}
      {sharing && <ShareMore folder={folder} onClose={() => setSharing(false)} />}
    </div>
  );
}

function ShareMore({ folder, onClose }: { readonly folder: GuestFolderRow; readonly onClose: () => void }) {
  const view = useCase(folder.case);
  const [chosen, setChosen] = useState<ReadonlySet<VersionId>>(new Set());
  const there = new Set([...folder.items, ...folder.brought].map(({ version }) => version));
  const items = view ? newest(view.items).filter(({ file }) => !there.has(file.version)) : [];
  return (
    <AskForm
      title="Share more files"
      act="Share"
      run={chosen.size === 0 ? null : () => worker().shareWithGuest(folder.area, [...chosen])}
      failed="The files were not shared."
      onClose={onClose}
      wide
    >
      <p>What is shared is read by the guest from then on, and what they have read cannot be un-seen.</p>
      {items.length === 0 ? (
        <p className="quiet">Every file of the case is shared with them already.</p>
      ) : (
        <ChooseItems label="Files to share" items={items} chosen={chosen} onChange={setChosen} />
      )}
    </AskForm>
  );
}
