/**
 * The case summary: rich text that merges. Waits until the worker has handed over what it holds, then lets people write;
 * says beside itself whether what was typed is saved, and who else is here.
 */
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { EditorContent, useEditor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { useEffect } from 'react';
import type { AreaView } from '../../../shared/ipc/worker.ts';
import { SUMMARY_FIELD } from '../../../shared/model/summary.ts';
import { useView } from '../../worker/views.ts';
import type { OpenDocument } from '../../worker/document.ts';
import { useDocument, useSaved, useSynced } from '../../worker/useDocument.ts';
import { caret, hueOf, selection } from './caret.ts';
import { CaretStays } from './caretStays.ts';
import { AlsoHere } from './AlsoHere.tsx';
import { SavedState } from '../record/SavedState.tsx';
import { TextTools } from './TextTools.tsx';
import { UndoSteps } from './undoSteps.ts';

interface SummaryProps {
  readonly area: AreaView;
  /** Somebody followed a link to it. */
  readonly focus: boolean;
}

export function Summary({ area, focus }: SummaryProps) {
  const opened = useDocument(area.area, area.summary);
  const synced = useSynced(opened);
  const saved = useSaved(opened);
  const name = useView('link')?.me.name;
  return (
    <section aria-labelledby="summary" className="part">
      <div className="row">
        <h2 id="summary">Summary</h2>
        {opened !== null && <AlsoHere awareness={opened.provider.awareness} />}
        <span className="push">
          <SavedState word={saved} />
        </span>
      </div>
      {opened !== null && synced && name !== undefined ? (
        <Editor key={opened.doc.clientID} opened={opened} name={name} mayWrite={area.mayWrite} focus={focus} />
      ) : (
        <div className="editor" aria-busy="true">
          <p className="quiet">Opening the summary…</p>
        </div>
      )}
    </section>
  );
}

interface EditorProps {
  readonly opened: OpenDocument;
  readonly name: string;
  readonly mayWrite: boolean;
  readonly focus: boolean;
}

function Editor({ opened, name, mayWrite, focus }: EditorProps) {
  const editor = useEditor(
    {
      injectCSS: false,
      // Making an editor tells others that this window is here: an effect, not a part of drawing.
      immediatelyRender: false,
      editable: mayWrite,
      extensions: [
        // Undo is Collaboration's own, in steps of UndoSteps; links would leave the application.
        StarterKit.configure({ undoRedo: false, link: false, codeBlock: false, code: false }),
        Collaboration.configure({ document: opened.doc, field: SUMMARY_FIELD }),
        CaretStays,
        UndoSteps,
        CollaborationCaret.configure({
          provider: opened.provider,
          user: { name, hue: hueOf(opened.doc.clientID), color: '#0a5a62' },
          render: caret,
          selectionRender: selection,
        }),
      ],
      editorProps: {
        attributes: { 'aria-label': 'Case summary', role: 'textbox', 'aria-multiline': 'true', class: 'prose' },
      },
    },
    [opened, mayWrite],
  );
  useEffect(() => {
    if (focus) editor?.commands.focus('end');
  }, [editor, focus]);
  return (
    <div className="editor">
      {mayWrite && editor !== null && <TextTools editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  );
}
