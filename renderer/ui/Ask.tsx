/**
 * A dialog over the screen: keeps the focus, gives it back, closes with Escape unless it must be answered.
 */
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useScreenBehind } from './useScreenBehind.ts';

interface AskProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose?: () => void;
  readonly wide?: boolean;
  readonly urgent?: boolean;
  readonly children: ReactNode;
}

export function Ask({ title, open, onClose, wide, urgent, children }: AskProps) {
  useScreenBehind(open);
  return (
    <ModalOverlay
      className="veil"
      isOpen={open}
      isKeyboardDismissDisabled={onClose === undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose?.();
      }}
    >
      <Modal className={wide === true ? 'modal wide' : 'modal'}>
        <Dialog className="dialog" role={urgent === true ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
