/**
 * The few marks that a summary needs, as a toolbar: arrow keys walk it.
 */
import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { ToggleButton, Toolbar } from 'react-aria-components';

interface Tool {
  readonly name: string;
  readonly sign: string;
  readonly isOn: (editor: Editor) => boolean;
  readonly toggle: (editor: Editor) => void;
}

const TOOLS: readonly Tool[] = [
  { name: 'Bold', sign: 'B', isOn: (e) => e.isActive('bold'), toggle: (e) => e.chain().focus().toggleBold().run() },
  {
    name: 'Italic',
    sign: 'I',
    isOn: (e) => e.isActive('italic'),
    toggle: (e) => e.chain().focus().toggleItalic().run(),
  },
  {
    name: 'Heading',
    sign: 'H',
    isOn: (e) => e.isActive('heading'),
    toggle: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
  },
  {
    name: 'Bullets',
    sign: '•',
    isOn: (e) => e.isActive('bulletList'),
    toggle: (e) => e.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'Numbers',
    sign: '№',
    isOn: (e) => e.isActive('orderedList'),
    toggle: (e) => e.chain().focus().toggleOrderedList().run(),
  },
];

export function TextTools({ editor }: { readonly editor: Editor }) {
  const on = useEditorState({ editor, selector: ({ editor: now }) => TOOLS.map((tool) => tool.isOn(now)) });
  return (
    <Toolbar aria-label="Text" className="tools">
      {TOOLS.map((tool, index) => (
        <ToggleButton
          key={tool.name}
          className="tool"
          aria-label={tool.name}
          isSelected={on[index] ?? false}
          onChange={() => tool.toggle(editor)}
        >
          {tool.sign}
        </ToggleButton>
      ))}
    </Toolbar>
  );
}
