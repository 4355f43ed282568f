/**
 * A guest's home: what was shared with them, until when, by whom and what for, and what they may do. Everything they have is on
 * this one screen.
 */
import { useState } from 'react';
import type { GuestFolderRow, GuestHome as Home } from '../../shared/ipc/guests.ts';
import { AddFilesMenu } from '../case/files/AddFilesMenu.tsx';
import { useAddFiles } from '../case/files/addFiles.ts';
import { Imports } from '../case/files/Imports.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Trouble } from '../ui/State.tsx';
import { Status } from '../ui/Word.tsx';
import { countText, dayText, whenText } from '../ui/format.ts';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { GuestFiles, GuestLines } from './parts.tsx';

export function GuestHome({ home }: { readonly home: Home }) {
  return (
    <div className="screen guest-home">
      <header>
        <h1>Shared with you</h1>
        <span className="quiet">
          {home.name}, {home.from}
        </span>
      </header>
      <dl className="guest-terms" aria-label="Your access">
        <div>
          <dt>Guest of</dt>
          <dd>{home.org}</dd>
        </div>
        <div>
          <dt>Answers for you</dt>
          <dd>{home.isSponsored ? home.sponsor : 'Nobody any more'}</dd>
        </div>
        <div>
          <dt>Last day</dt>
          <dd>{dayText(home.until)}</dd>
        </div>
        <div>
          <dt>Now</dt>
          <dd>
            <Status word={home.word} />
          </dd>
        </div>
      </dl>
      <p className="quiet">
        You see what is below and nothing else. What you open and export is recorded. After your last day this computer
        locks, and keeps nothing that could be read. If you need longer, ask{' '}
        {home.isSponsored ? home.sponsor : home.org} before then.
      </p>
      {home.unsent > 0 && (
        <p className="needs" role="status">
          {countText(home.unsent, 'thing that you added or wrote is', 'things that you added or wrote are')} not sent
          yet: have this computer on line before the end of {dayText(home.until)}. What comes later counts only where
          the team takes it over.
        </p>
      )}
      {home.folders.length === 0 && (
        <section className="part">
          <h2>Nothing is here yet</h2>
          <p className="quiet">
            What is shared with you comes by itself, as soon as a computer of {home.org} that has it is on line.
          </p>
        </section>
      )}
      {home.folders.map((folder) => (
        <Folder key={folder.area} folder={folder} />
      ))}
    </div>
  );
}

function Folder({ folder }: { readonly folder: GuestFolderRow }) {
  return (
    <section className="part stack" aria-label={folder.title}>
      <div className="row">
        <h2>{folder.title}</h2>
        <span className="quiet">{folder.may === 'view' ? 'You may view' : 'You may view, add files and write'}</span>
      </div>
      <p>
        <span className="quiet small">
          Shared by {folder.by}, {whenText(folder.at)}
        </span>
        <br />
        {folder.why}
      </p>
      {folder.note !== '' && <p className="guest-note">{folder.note}</p>}
      <h3>Files</h3>
      {folder.items.length === 0 ? (
        <p className="quiet">No files were shared.</p>
      ) : (
        <GuestFiles label="Files shared with you" files={folder.items} />
      )}
      {folder.summary !== '' && (
        <>
          <h3>Summary of the case, as it was</h3>
          <p className="guest-note">{folder.summary}</p>
        </>
      )}
      {folder.decided.length > 0 && (
        <ul className="bullets" aria-label="Decided since">
          {folder.decided.map(({ at, sentence }) => (
            <li key={at}>
              {sentence} <span className="quiet small">{whenText(at)}</span>
            </li>
          ))}
        </ul>
      )}
      {folder.may === 'contribute' ? <Contribute folder={folder} /> : <Said folder={folder} />}
    </section>
  );
}

const Said = ({ folder }: { readonly folder: GuestFolderRow }) =>
  folder.said.length > 0 && (
    <>
      <h3>Messages</h3>
      <GuestLines label="Messages" lines={folder.said} />
    </>
  );

function Contribute({ folder }: { readonly folder: GuestFolderRow }) {
  const adding = useAddFiles(folder.case);
  return (
    <>
      <div className="row">
        <h3>What you have added</h3>
        <span className="push row">
          <AddFilesMenu adding={adding} />
        </span>
      </div>
      {adding.wrong !== null && <Trouble sentence="The files were not added." next={adding.wrong} />}
      <Imports imports={folder.imports} />
      {folder.brought.length === 0 ? (
        <p className="quiet">Nothing yet. What you add goes to the team of this case, with your name.</p>
      ) : (
        <GuestFiles label="Files that you added" files={folder.brought} />
      )}
      <Said folder={folder} />
      <Write folder={folder} label="Report or message to the team" />
    </>
  );
}

export function Write({ folder, label }: { readonly folder: GuestFolderRow; readonly label: string }) {
  const [text, setText] = useState('');
  const doing = useAct();
  const send = (): void =>
    void doing.run(() => worker().sayToGuest(folder.area, text)).then((done) => (done ? setText('') : undefined));
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') send();
      }}
    >
      <Field
        label={label}
        lines={4}
        value={text}
        onChange={setText}
        hint="It stays on record, and cannot be changed once sent."
      />
      {doing.wrong !== null && <Trouble sentence="It was not sent." next={doing.wrong} />}
      <div className="row">
        <Button kind="main" type="submit" disabled={text.trim() === ''} busy={doing.busy}>
          Send
        </Button>
      </div>
    </form>
  );
}
