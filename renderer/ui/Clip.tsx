/**
 * A text that may be too long for its place: cut with an ellipsis, whole in a tip on hover or focus and for screen readers.
 */
export const Clip = ({
  text,
  id,
  className,
}: {
  readonly text: string;
  readonly id?: string;
  readonly className?: string;
}) => (
  <span
    className={className === undefined ? 'clip' : `clip ${className}`}
    title={text}
    {...(id !== undefined && { id })}
  >
    {text}
  </span>
);
