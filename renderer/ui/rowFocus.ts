/**
 * Whether the row that a control stands in has the focus: only then is the control a stop of the Tab key. True outside rows.
 */
import { createContext } from 'react';

export const RowFocus = createContext(true);
