/** Custom properties may be set on an element; the type of React's `style` knows the standard ones only. */
import 'react';

declare module 'react' {
  interface CSSProperties {
    readonly [property: `--${string}`]: string | number | undefined;
  }
}
