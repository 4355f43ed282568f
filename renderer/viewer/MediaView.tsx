/**
 * A recording, played here: read by ranges as it plays, so that any part of it can be gone to at once. It counts as opened
 * when a frame of it was shown, or a moment of it heard.
 */
import { useEffect, useRef, useState } from 'react';
import { beginPlaying, stopPlaying } from '../media/playing.ts';
import { Choice } from '../ui/Choice.tsx';
import { Button } from '../ui/Button.tsx';
import type { ViewProps } from './viewProps.ts';

const SPEEDS = ['0.5', '1', '1.5', '2', '4', '8'] as const;
type Speed = (typeof SPEEDS)[number];

const CANNOT =
  'This recording cannot be played here: it may be damaged, or in a format that needs a player of its own. Export it to play it elsewhere.';

export function MediaView({ content, arriving, sound, onPainted, onWrong }: ViewProps & { readonly sound: boolean }) {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [speed, setSpeed] = useState<Speed>('1');
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    let gone = false;
    beginPlaying(content, onWrong).then(
      (at) => void (!gone && setAddress(at)),
      () => void (!gone && onWrong(CANNOT)),
    );
    return () => {
      gone = true;
      stopPlaying(content);
    };
  }, [content, onWrong]);
  if (address === null) return <p role="status">Opening the recording…</p>;
  const step = (seconds: number): void => {
    if (element.current) element.current.currentTime += seconds;
  };
  const change = (to: Speed): void => {
    setSpeed(to);
    if (element.current) element.current.playbackRate = Number(to);
  };
  const common = {
    src: address,
    controls: true,
    controlsList: 'nodownload noremoteplayback nofullscreen',
    disableRemotePlayback: true,
    'aria-label': content.name,
    onError: () => onWrong(CANNOT),
    onWaiting: () => setWaits(true),
    onSeeking: () => setWaits(true),
    onSeeked: () => setWaits(false),
    onCanPlay: () => setWaits(false),
  };
  const playing = (): void => setWaits(false);
  // Evidence comes without captions.
  /* oxlint-disable jsx-a11y/media-has-caption */
  return (
    <figure className={sound ? 'recording sound' : 'recording'}>
      {sound ? (
        <audio
          ref={element}
          {...common}
          onPlaying={() => {
            playing();
            onPainted();
          }}
        />
      ) : (
        <video ref={element} {...common} disablePictureInPicture onPlaying={playing} onLoadedData={onPainted} />
      )}
      <figcaption className="row">
        <Button small onPress={() => step(-10)}>
          Back 10 s
        </Button>
        <Button small onPress={() => step(10)}>
          On 10 s
        </Button>
        {!sound && (
          <Button small onPress={() => step(1 / 25)}>
            One frame on
          </Button>
        )}
        <Choice
          label="Speed"
          options={SPEEDS.map((value) => ({ value, text: `${value}×` }))}
          value={speed}
          onChange={change}
        />
        {arriving && (
          <span role="status" className="recording-waits">
            {waits && 'This part is being fetched…'}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
