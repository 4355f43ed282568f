/**
 * The last net under the screens: a bug in one shows a sentence and a way on, never an empty window.
 */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Trouble } from '../ui/State.tsx';

interface SafeProps {
  readonly children: ReactNode;
  /** Another value tries again, as going to another screen does. */
  readonly on?: unknown;
}

interface SafeState {
  readonly broken: boolean;
  readonly on: unknown;
}

export class Safe extends Component<SafeProps, SafeState> {
  override state: SafeState = { broken: false, on: this.props.on };

  static getDerivedStateFromError(): Partial<SafeState> {
    return { broken: true };
  }

  static getDerivedStateFromProps(props: SafeProps, state: SafeState): Partial<SafeState> | null {
    return props.on === state.on ? null : { broken: false, on: props.on };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="state">
        <Trouble
          sentence="This screen could not be drawn, because of a fault in Joinder."
          next="Nothing that said Saved is lost. Try again; if it comes back, tell your administrator what you did last."
        >
          <Button onPress={() => this.setState({ broken: false })}>Try again</Button>
        </Trouble>
      </div>
    );
  }
}
