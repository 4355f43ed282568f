/**
 * What an administrator does for a person: a post for a time, the preview of a move, an enrolment code, the end of their access.
 * Every act is the authority's, which signs what follows; it is asked sealed, through the relay, and on record with who asked.
 */
import { useEffect, useState } from 'react';
import type { PersonView } from '../../../shared/ipc/access.ts';
import type { SeatId } from '../../../shared/primitives/ids.ts';
import type { AdminAct, AdminAnswer } from '../../../shared/wire/administer.ts';
import { Button } from '../../ui/Button.tsx';
import { dayText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { AttributesDialog, CodeDialog, EndDialog, GivePostDialog, PreviewDialog } from './AdminDialogs.tsx';
import { useView } from '../../worker/views.ts';
import { useAdmin } from './useAdmin.ts';

type About = Extract<AdminAnswer, { is: 'about' }>;
type Asked = 'post' | 'preview' | 'attributes' | 'code' | 'end';

const DIALOGS = {
  post: GivePostDialog,
  preview: PreviewDialog,
  attributes: AttributesDialog,
  code: CodeDialog,
  end: EndDialog,
} as const;

export function AdminPart({ view }: { readonly view: PersonView }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [acts, setActs] = useState(0);
  const { person } = view.row;
  // Looked up again when the directory says that something about them has changed.
  const stands = [acts, ...view.held.map(({ seat, until }) => `${seat} ${until}`)].join();
  const close = (): void => {
    setAsked(null);
    setActs(acts + 1);
  };
  const Dialog = asked === null ? null : DIALOGS[asked];
  return (
    <section className="part" aria-labelledby="person-admin">
      <div className="row">
        <h2 id="person-admin">Administration</h2>
        <span className="push row">
          <Button small onPress={() => setAsked('preview')}>
            Preview a move…
          </Button>
          {!view.me && (
            <>
              <Button small onPress={() => setAsked('post')}>
                Give a post…
              </Button>
              <Button small onPress={() => setAsked('attributes')}>
                Attributes…
              </Button>
              <Button small onPress={() => setAsked('code')}>
                Enrolment code…
              </Button>
              <Button small kind="danger" onPress={() => setAsked('end')}>
                End access…
              </Button>
            </>
          )}
        </span>
      </div>
      {view.me && <p className="quiet">This is you: nobody changes their own access here.</p>}
      <Known key={stands} view={view} onChange={() => setActs(acts + 1)} />
      {Dialog !== null && <Dialog person={person} name={view.row.name} has={view.attributes} onClose={close} />}
    </section>
  );
}

/** What the sources say of a person, as the authority answers once. */
function Known({ view, onChange }: { readonly view: PersonView; readonly onChange: () => void }) {
  const { ask, busy, wrong } = useAdmin();
  const [about, setAbout] = useState<About | null>(null);
  const posts = useView('posts');
  const { person } = view.row;
  useEffect(() => {
    void ask({ is: 'about', person }).then((answer) => (answer?.is === 'about' ? setAbout(answer) : undefined));
  }, [ask, person]);
  const act = async (one: AdminAct): Promise<void> => {
    if ((await ask(one)) !== null) onChange();
  };
  const nameOf = (seat: SeatId): string =>
    [...view.held, ...(posts ?? [])].find((one) => one.seat === seat)?.post ?? 'A post';
  return (
    <>
      {wrong !== null && (
        <Trouble
          sentence={about === null ? 'What your authority knows of this person is not shown.' : 'It was not done.'}
          next={wrong}
        />
      )}
      <ul className="bullets" aria-label="What is known of this person">
        {about?.sources.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {about?.posts.map(({ seat, from, until, by }) => (
          <li key={seat}>
            {nameOf(seat)}: {by}
            {from !== null && `, from ${dayText(from)}`}
            {until !== null && `, until ${dayText(until)}`}{' '}
            {!view.me && (
              <Button
                small
                busy={busy}
                name={`Take ${nameOf(seat)}`}
                onPress={() => void act({ is: 'take post', person, seat })}
              >
                Take
              </Button>
            )}
          </li>
        ))}
      </ul>
      {about !== null && about.ended !== null && !view.me && (
        <div className="row">
          <Button small busy={busy} onPress={() => void act({ is: 'let in', person })}>
            Let in again
          </Button>
          <span className="quiet">With the posts that personnel or the identity provider name, and a new code.</span>
        </div>
      )}
    </>
  );
}
