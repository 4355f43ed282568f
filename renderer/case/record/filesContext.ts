/**
 * The files of the case by item, for fields that point at a file.
 */
import { createContext } from 'react';

export const FilesContext = createContext<readonly { readonly id: string; readonly name: string }[]>([]);
