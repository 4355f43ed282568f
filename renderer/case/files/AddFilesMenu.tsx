/**
 * The two ways of the dialog: some files, or a folder with all that is in it.
 */
import { Button } from '../../ui/Button.tsx';
import type { Adding } from './addFiles.ts';

export const AddFilesMenu = ({ adding }: { readonly adding: Adding }) => (
  <>
    <Button onPress={() => adding.choose('files')} busy={adding.busy}>
      Add files
    </Button>
    <Button onPress={() => adding.choose('folder')} busy={adding.busy}>
      Add a folder
    </Button>
  </>
);
