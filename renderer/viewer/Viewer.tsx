/**
 * One version, opened over the screen. Owns the handle it is read by; tells the worker that it was opened once a page or
 * picture has been painted, and not before. What cannot be shown here is exported on an explicit act.
 */
import './viewer.css';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useScreens } from '../state/route.ts';
import type { Viewing } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Clip } from '../ui/Clip.tsx';
import { sizeText } from '../ui/format.ts';
import { Empty, Trouble } from '../ui/State.tsx';
import { useScreenBehind } from '../ui/useScreenBehind.ts';
import { worker } from '../worker/connection.ts';
import { useView } from '../worker/views.ts';
import type { OpenContent } from './content.ts';
import { closeContent, openContent } from './content.ts';
import { Export } from './Export.tsx';
import { ImageView } from './ImageView.tsx';
import { kindOf } from './kind.ts';
import { MediaView } from './MediaView.tsx';
import { TextView } from './TextView.tsx';
import type { ViewProps } from './viewProps.ts';

// By far the largest part of the application: fetched when the first PDF is opened.
const PdfView = lazy(() => import('./PdfView.tsx').then((module) => ({ default: module.PdfView })));

interface ViewerProps {
  readonly viewing: Viewing;
  /** Whether a copy may be taken out of Joinder; a guest who may only view takes none. */
  readonly mayExport?: boolean;
}

export function Viewer({ viewing, mayExport = true }: ViewerProps) {
  const view = useScreens((screens) => screens.view);
  useScreenBehind(true);
  const { content, wrong, setWrong } = useContent(viewing);
  const [recorded, setRecorded] = useState<'no' | 'yes' | 'failed'>('no');
  const close = (): void => view(null);
  const onPainted = useCallback((): void => {
    const record = async (): Promise<boolean> => {
      const outcome = await worker().recordOpened(viewing.version);
      return outcome.ok || outcome.cause === 'already done';
    };
    record().then(
      (done) => setRecorded(done ? 'yes' : 'failed'),
      () => setRecorded('failed'),
    );
  }, [viewing.version]);
  return (
    <ModalOverlay
      className="viewer-veil"
      isOpen
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Modal className="viewer-modal">
        <Dialog className="viewer">
          <header className="viewer-bar">
            <Heading slot="title" level={2}>
              <Clip text={viewing.name} />
            </Heading>
            {content !== null && <span className="viewer-size">{sizeText(content.size)}</span>}
            <span className="viewer-note" role="status">
              {content?.whole === false && <Arriving />}
              {content?.whole === false && recorded === 'yes' ? 'Viewing is recorded' : NOTE[recorded]}
            </span>
            {content !== null && mayExport && <Export content={content} />}
            <Button small onPress={close}>
              Close
            </Button>
          </header>
          <div className="viewer-body">
            {wrong !== null && <Trouble sentence="This file cannot be shown." next={wrong} />}
            {content === null ? (
              wrong === null && <p role="status">Opening {viewing.name}…</p>
            ) : (
              <Content content={content} onPainted={onPainted} onWrong={setWrong} />
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** With no link a part that has not come would be waited for without a word. */
function Arriving() {
  const link = useView('link')?.word.text ?? CONNECTED;
  return link === CONNECTED
    ? 'Still arriving: what you look at is fetched first. '
    : `${link}. What has not arrived cannot be shown until there is a link. `;
}
const CONNECTED = 'Connected';

const NOTE = {
  no: '',
  yes: 'Opening is recorded',
  failed: 'Opening could not be recorded yet: close and open it again',
} as const;

function Content(props: ViewProps) {
  const kind = kindOf(props.content.type, props.content.name, props.content.size);
  switch (kind) {
    case 'pdf':
      return (
        <Suspense fallback={<p role="status">Opening the document…</p>}>
          <PdfView {...props} />
        </Suspense>
      );
    case 'image':
      return <ImageView {...props} />;
    case 'text':
      return <TextView {...props} />;
    case 'video':
    case 'sound':
      return <MediaView {...props} sound={kind === 'sound'} />;
    case 'none':
      return (
        <Empty title="This kind of file is not shown inside Joinder">
          <p>
            Use Export to save a copy outside Joinder. That is recorded, counts as opened, and the copy is no longer
            protected by Joinder.
          </p>
        </Empty>
      );
  }
}

function useContent(viewing: Viewing) {
  const [content, setContent] = useState<OpenContent | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    let opened: OpenContent | null = null;
    const begin = async (): Promise<void> => {
      const outcome = await openContent(viewing.version);
      if (outcome.ok && gone) closeContent(outcome.value);
      if (gone) return;
      if (!outcome.ok) return setWrong(outcome.cause);
      opened = outcome.value;
      setContent(opened);
    };
    void begin();
    return () => {
      gone = true;
      if (opened !== null) closeContent(opened);
    };
  }, [viewing.version]);
  return { content, wrong, setWrong };
}
