/**
 * One version, opened over the screen. Owns the handle it is read by; tells the worker that it was opened once a page or
 * picture has been painted, and not before. What cannot be shown here is exported on an explicit act.
 */
import './viewer.css';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ShownVersion } from '../../shared/ipc/files.ts';
import type { VersionId } from '../../shared/primitives/ids.ts';
import { useScreens } from '../state/route.ts';
import type { Viewing } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Clip } from '../ui/Clip.tsx';
import { sizeText } from '../ui/format.ts';
import { Empty, Trouble } from '../ui/State.tsx';
import { useScreenBehind } from '../ui/useScreenBehind.ts';
import { worker } from '../worker/connection.ts';
import { useShown } from '../worker/views.ts';
import type { OpenContent } from './content.ts';
import { closeContent, openContent } from './content.ts';
import { Export } from './Export.tsx';
import { ImageView } from './ImageView.tsx';
import { kindOf } from './kind.ts';
import { Standing } from './Standing.tsx';
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
  const shown = useShown(viewing.version);
  // What may be seen no more leaves the screen, and the handle it was read by is closed.
  const gone = shown === null || shown?.taken === true;
  const { content, wrong, setWrong } = useContent(viewing, gone);
  const whole = shown?.whole ?? content?.whole ?? false;
  const [painted, setPainted] = useState(false);
  const recorded = useRecorded(viewing.version, painted, whole);
  const close = (): void => view(null);
  const onPainted = useCallback((): void => setPainted(true), []);
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
            {content !== null && <Standing whole={whole} shown={shown ?? null} recorded={recorded} />}
            {content !== null && mayExport && (whole || shown?.ended !== true) && (
              <Export content={content} whole={whole} />
            )}
            <Button small onPress={close}>
              Close
            </Button>
          </header>
          <div className="viewer-body">
            {gone && <Gone shown={shown} />}
            {shown?.ended === true && !gone && <Trouble sentence={shown.condition?.why ?? 'It was withdrawn.'} />}
            {wrong !== null && !gone && <Trouble sentence="This file cannot be shown." next={wrong} />}
            {content === null ? (
              wrong === null && !gone && <p role="status">Opening {viewing.name}…</p>
            ) : (
              <Content content={content} arriving={!whole} onPainted={onPainted} onWrong={setWrong} />
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What was open and may be seen no more: why, and what is left to do. */
function Gone({ shown }: { readonly shown: ShownVersion | null }) {
  return shown === null ? (
    <Trouble
      sentence="This file can be seen here no more."
      next="Your access to it has ended, or it was disposed of. What you saw of it stays recorded."
    />
  ) : (
    <Trouble
      sentence="This file was sent in error, and can be seen here no more."
      next={shown.condition?.why ?? 'This computer destroys its copy.'}
    />
  );
}

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

/** Records that it was seen once something was painted, and once more when all of it is here: only then it is an opening. */
function useRecorded(version: VersionId, painted: boolean, whole: boolean): 'no' | 'yes' | 'failed' {
  const [recorded, setRecorded] = useState({ whole: false, how: 'no' as 'no' | 'yes' | 'failed' });
  useEffect(() => {
    if (!painted) return;
    const record = async (): Promise<boolean> => {
      const outcome = await worker().recordOpened(version);
      return outcome.ok || outcome.cause === 'already done';
    };
    record().then(
      (done) => setRecorded({ whole, how: done ? 'yes' : 'failed' }),
      () => setRecorded({ whole, how: 'failed' }),
    );
  }, [version, painted, whole]);
  return recorded.whole === whole ? recorded.how : 'no';
}

/** Null until it is open, and when it is gone. */
function useContent(viewing: Viewing, gone: boolean) {
  const [content, setContent] = useState<OpenContent | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    if (gone) return undefined;
    let left = false;
    let opened: OpenContent | null = null;
    const begin = async (): Promise<void> => {
      const outcome = await openContent(viewing.version);
      if (outcome.ok && left) closeContent(outcome.value);
      if (left) return;
      if (!outcome.ok) return setWrong(outcome.cause);
      opened = outcome.value;
      setContent(opened);
    };
    void begin();
    return () => {
      left = true;
      if (opened !== null) closeContent(opened);
    };
  }, [viewing.version, gone]);
  return { content: gone ? null : content, wrong, setWrong };
}
