/**
 * The banner above sensitive material: who can read it, by post and name, the two acts that let somebody see it, and the one
 * that takes somebody out.
 */
import { useState } from 'react';
import type { SensitivePlace, SensitivePost, SensitiveReader, SensitiveView } from '../../../shared/ipc/sensitive.ts';
import type { CaseId, SeatId } from '../../../shared/primitives/ids.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

interface ReadersProps {
  readonly of: CaseId;
  readonly place: SensitivePlace;
  readonly sensitive: SensitiveView;
  readonly open: boolean;
}

const called = ({ post, people }: Pick<SensitiveReader, 'post' | 'people'>): string =>
  people.length === 0 ? `${post} (nobody holds it)` : `${people.join(' and ')} (${post})`;

export function Readers({ of, place, sensitive, open }: ReadersProps) {
  const [asking, setAsking] = useState<'let in' | 'take out' | 'share' | null>(null);
  const { readers, shared, couldRead } = place;
  const own = readers.filter((reader) => reader.own);
  const others = readers.filter((reader) => !reader.own);
  const canShare = shared === null && sensitive.couldShareWith.length > 0;
  return (
    <section className="apart" aria-label="Who can read this">
      <p className="apart-line">
        <strong>Sensitive: kept apart from the case.</strong> Never in the Case file, a package, or anything for the
        defence.
      </p>
      {shared !== null && <p className="apart-live">{shared.live}</p>}
      <dl>
        <dt>Can read it</dt>
        <dd>{own.map(called).join('; ')}</dd>
        {others.length > 0 && (
          <>
            <dt>{others[0]?.org}</dt>
            <dd>{others.map(called).join('; ')}</dd>
          </>
        )}
        {shared === null && (
          <>
            <dt>Prosecutor</dt>
            <dd>
              {sensitive.unshared.length === 0
                ? 'Everything that is listed has been shown.'
                : `Not shown yet: ${countText(sensitive.unshared.length, 'item or change', 'items or changes')}.`}
            </dd>
          </>
        )}
      </dl>
      {open && (
        <div className="row">
          {couldRead.length > 0 && <Button onPress={() => setAsking('let in')}>Let somebody in…</Button>}
          {place.couldTakeOut.length > 0 && <Button onPress={() => setAsking('take out')}>Take somebody out…</Button>}
          {canShare && (
            <Button kind="main" disabled={sensitive.unshared.length === 0} onPress={() => setAsking('share')}>
              Share with the prosecutor…
            </Button>
          )}
        </div>
      )}
      {asking === 'let in' && <LetIn of={of} place={place} onClose={() => setAsking(null)} />}
      {asking === 'take out' && <TakeOut of={of} place={place} onClose={() => setAsking(null)} />}
      {asking === 'share' && <Share of={of} sensitive={sensitive} onClose={() => setAsking(null)} />}
    </section>
  );
}

interface DialogProps {
  readonly of: CaseId;
  readonly onClose: () => void;
}

function LetIn({ of, place, onClose }: DialogProps & { readonly place: SensitivePlace }) {
  const [post, setPost] = useState<SeatId | null>(null);
  const doing = useAct();
  const letIn = (): void => {
    if (post === null) return;
    void doing
      .run(() => worker().doSensitive(of, { is: 'let in', area: place.area, seat: post }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Let somebody in" open onClose={onClose}>
      <p>
        Whoever holds this post, now or later, reads the whole list, what was written and deleted before included. They
        can be taken out later, and keep what they have read.
      </p>
      <Choice
        label="Post"
        value={post}
        onChange={setPost}
        placeholder="Choose a post"
        options={place.couldRead.map((one) => ({ value: one.seat, text: one.post, hint: one.people.join(', ') }))}
      />
      {doing.wrong !== null && <Trouble sentence="Nobody was let in." next={doing.wrong} />}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" disabled={post === null} busy={doing.busy} onPress={letIn}>
          Let in
        </Button>
      </footer>
    </Ask>
  );
}

/** Only who leads here, and never out of a post of one's own. */
function TakeOut({ of, place, onClose }: DialogProps & { readonly place: SensitivePlace }) {
  const could = place.readers.filter(({ seat }) => place.couldTakeOut.includes(seat));
  const [seat, setSeat] = useState<SeatId | null>(could.length === 1 ? (could[0]?.seat ?? null) : null);
  const [why, setWhy] = useState('');
  const doing = useAct();
  const takeOut = (): void => {
    if (seat === null || why.trim() === '') return;
    void doing
      .run(() => worker().doSensitive(of, { is: 'take out', area: place.area, seat, why: why.trim() }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Take somebody out" open onClose={onClose}>
      <p>
        Whoever holds this post reads nothing that is written here from then on: there is a new key, and it is not
        theirs. What they have read they have read.
        {place.shared === null && ' They are taken out of what was shared with the prosecutor as well.'}
      </p>
      <Choice
        label="Post"
        value={seat}
        onChange={setSeat}
        placeholder="Choose a post"
        options={could.map((one) => ({ value: one.seat, text: one.post, hint: [...one.people, one.org].join(', ') }))}
      />
      <Field label="Reason" lines={2} value={why} onChange={setWhy} required />
      {doing.wrong !== null && <Trouble sentence="Nobody was taken out." next={doing.wrong} />}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="danger" disabled={seat === null || why.trim() === ''} busy={doing.busy} onPress={takeOut}>
          Take out
        </Button>
      </footer>
    </Ask>
  );
}

function Share({ of, sensitive, onClose }: DialogProps & { readonly sensitive: SensitiveView }) {
  const { couldShareWith, unshared } = sensitive;
  const [seats, setSeats] = useState<readonly SeatId[]>(
    couldShareWith.length === 1 ? couldShareWith.map(({ seat }) => seat) : [],
  );
  const doing = useAct();
  const toggle = ({ seat }: SensitivePost, is: boolean): void =>
    setSeats(is ? [...seats, seat] : seats.filter((one) => one !== seat));
  const run = (): void =>
    void doing
      .run(() => worker().doSensitive(of, { is: 'share', seats }))
      .then((done) => (done ? onClose() : undefined));
  return (
    <Ask title="Share with the prosecutor" open onClose={onClose}>
      <p>
        The list goes as it stands now, with why each item is sensitive, and its certificate where there is one; nothing
        that was deleted, and no file. Only the posts you name can read it, not the rest of their organisation. They can
        write in it too. It cannot be taken back.
      </p>
      <fieldset className="field refs">
        <legend className="label">Posts</legend>
        {couldShareWith.map((post) => (
          <Check key={post.seat} selected={seats.includes(post.seat)} onChange={(is) => toggle(post, is)}>
            {post.post}, {post.org}
            {post.people.length > 0 && <span className="quiet"> ({post.people.join(', ')})</span>}
          </Check>
        ))}
      </fieldset>
      <h3>They will newly see</h3>
      <ul className="bullets apart-news">
        {unshared.map((line, i) => (
          <li key={`${i} ${line}`}>{line}</li>
        ))}
      </ul>
      {doing.wrong !== null && <Trouble sentence="It was not shared." next={doing.wrong} />}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" disabled={seats.length === 0} busy={doing.busy} onPress={run}>
          Share
        </Button>
      </footer>
    </Ask>
  );
}
