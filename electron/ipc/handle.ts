/**
 * The one way a page's call reaches main: from the main frame of a window of ours that shows a page of ours, with arguments
 * of the form that the schema says. Promises that nothing else reaches a handler, and that a refusal says no more than that.
 */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';

/** The window that a sender belongs to, or null for anybody else. */
export type WindowOf<W> = (contents: WebContents) => W | null;

export interface Gate<W> {
  readonly handle: <A extends unknown[]>(
    channel: string,
    schema: z.ZodType<A>,
    run: (window: W, ...args: A) => Promise<unknown>,
  ) => void;
}

export function gate<W>(
  ipc: Pick<IpcMain, 'handle'>,
  windowOf: WindowOf<W>,
  isOwn: (address: string) => boolean,
): Gate<W> {
  const sender = (event: IpcMainInvokeEvent): W | null => {
    const frame = event.senderFrame;
    if (!frame || frame.parent !== null || frame !== event.sender.mainFrame || !isOwn(frame.url)) return null;
    return windowOf(event.sender);
  };
  return {
    handle: (channel, schema, run) => {
      ipc.handle(channel, async (event, ...args: unknown[]) => {
        const window = sender(event);
        if (window === null) throw new Error('refused: not a window of Joinder');
        const parsed = schema.safeParse(args);
        if (!parsed.success) throw new Error(`refused: wrong arguments for ${channel}`);
        return run(window, ...parsed.data);
      });
    },
  };
}
