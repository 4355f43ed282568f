/**
 * What is said about a case, tied to what it is about, with who has read it. What is shown here counts as read once this
 * window is in front. Each message says whether the defence may have to be given it.
 */
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { About } from '../../../shared/model/facts/talking.ts';
import type { MessageState } from '../../../shared/model/work/state.ts';
import type { ItemId, WorkId } from '../../../shared/primitives/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { timeText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { ask, worker } from '../../worker/connection.ts';
import { filesOf } from './actions/ChooseFiles.tsx';
import { PathLink } from './PathLink.tsx';
import { placeName } from '../../../shared/model/formats/placeName.ts';

/** Messages of others that this person has not read. */
export const unreadOf = ({ work }: CaseView): readonly MessageState[] =>
  work.state.messages.filter(
    ({ by, reads }) => by.person !== work.me.person && !reads.some((read) => read.by.person === work.me.person),
  );

export function Conversation({ view }: { readonly view: CaseView }) {
  const { messages } = view.work.state;
  const unread = unreadOf(view)
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    const mark = (): void => {
      if (unread !== '' && document.hasFocus())
        ask((to) => to.doWork(view.row.case, { is: 'read', messages: unread.split(' ') as WorkId[] }));
    };
    mark();
    window.addEventListener('focus', mark);
    return () => window.removeEventListener('focus', mark);
  }, [unread, view.row.case]);
  return (
    <section className="part" aria-labelledby="conversation">
      <h2 id="conversation">Conversation</h2>
      {messages.length === 0 ? (
        <p className="quiet">
          Nothing has been said yet. What you write here stays with the case, and everybody who can read this place of
          it can read it.
        </p>
      ) : (
        <ol className="messages">
          {messages.map((message) => (
            <Message key={message.id} view={view} message={message} />
          ))}
        </ol>
      )}
      {view.work.may.includes('message') && <Write view={view} />}
    </section>
  );
}

function aboutText(view: CaseView, about: About): string {
  switch (about.is) {
    case 'case':
      return '';
    case 'path':
      return placeName(about.path);
    case 'item':
      return filesOf(view).find(({ item }) => item === about.item)?.name ?? 'a file';
    case 'action':
      return view.work.state.actions.find(({ id }) => id === about.action)?.text.slice(0, 80) ?? 'an action';
    case 'package':
      return 'a package';
  }
}

/** The place in the case that it speaks of; null: none that a link leads to. */
function pathOf(about: About): string | null {
  if (about.is === 'path') return about.path;
  return about.is === 'item' ? `documents/${about.item}` : null;
}

function Message({ view, message }: { readonly view: CaseView; readonly message: MessageState }) {
  const own = message.by.person === view.work.me.person;
  const about = aboutText(view, message.about);
  const path = pathOf(message.about);
  const readers = message.reads.map(({ by, at }) => `${by.personName}, ${timeText(at)}`);
  return (
    <li className={own ? 'message own' : 'message'}>
      <p className="row small">
        <strong>{message.by.personName}</strong>
        <span className="quiet">
          {message.by.orgName}, {timeText(message.at)}
        </span>
        <span className="push">{message.disclosable ? 'Disclosable' : 'Not disclosable'}</span>
      </p>
      {about !== '' && (
        <p className="quiet small">
          About: {path === null ? about : <PathLink of={view.row.case} path={path} text={about} />}
        </p>
      )}
      <p className="said">{message.text}</p>
      {own && <p className="quiet small">{readers.length === 0 ? 'Not read yet' : `Read by ${readers.join('; ')}`}</p>}
    </li>
  );
}

const WHOLE_CASE = 'case';

function Write({ view }: { readonly view: CaseView }) {
  const [text, setText] = useState('');
  const [about, setAbout] = useState<string>(WHOLE_CASE);
  const [disclosable, setDisclosable] = useState(false);
  const doing = useAct();
  const shared = view.areas.find(({ kind }) => kind === 'case file');
  const actions = view.work.state.actions.filter(({ state }) => state !== 'closed');
  const aboutOf = (key: string): About =>
    key === WHOLE_CASE
      ? { is: 'case' }
      : actions.some(({ id }) => id === key)
        ? { is: 'action', action: key as WorkId }
        : { is: 'item', item: key as ItemId };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'message',
          about: aboutOf(about),
          text: text.trim(),
          disclosable,
          replyTo: null,
        }),
      )
      .then((done) => (done ? setText('') : undefined));
  };
  return (
    <form className="write stack" onSubmit={submit} aria-label="New message">
      <Choice
        label="About"
        value={about}
        onChange={setAbout}
        options={[
          { value: WHOLE_CASE, text: 'The case' },
          ...actions.map(({ id, text: asked }) => ({ value: id as string, text: `Action: ${asked.slice(0, 60)}` })),
          ...filesOf(view).map(({ item, name }) => ({ value: item as string, text: name })),
        ]}
      />
      <Field label="Message" lines={3} value={text} onChange={setText} />
      <div className="row">
        <Check selected={disclosable} onChange={setDisclosable}>
          Disclosable
        </Check>
        <span className="quiet small">{shared?.live ?? 'Only your organisation reads this.'}</span>
        <span className="push">
          <Button kind="main" type="submit" disabled={text.trim() === ''} busy={doing.busy}>
            Send message
          </Button>
        </span>
      </div>
      {doing.wrong !== null && <Trouble sentence="The message was not sent." next={doing.wrong} />}
    </form>
  );
}
