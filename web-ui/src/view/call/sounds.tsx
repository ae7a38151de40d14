// The others' sound, in elements of its own: a picture that is missing or hidden never takes the voice with it. Lips and
// voice stay together because both are tracks of one stream. A browser that refuses to play is asked again by a press.
import { Volume2 } from 'lucide-preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { say } from './text';

export function Sounds({ streams }: { readonly streams: readonly MediaStream[] }) {
  const elements = useRef<(HTMLAudioElement | null)[]>([]);
  const [blocked, setBlocked] = useState(false);
  const play = useCallback(() => {
    setBlocked(false);
    for (const element of elements.current) {
      if (!element?.srcObject) continue;
      element.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') setBlocked(true);
      });
    }
  }, []);
  useEffect(() => {
    streams.forEach((stream, slot) => {
      const element = elements.current[slot];
      if (element) element.srcObject = new MediaStream(stream.getAudioTracks());
    });
    play();
  }, [streams, play]);
  return (
    <>
      {[0, 1, 2].map((slot) => <audio key={slot} ref={(element) => { elements.current[slot] = element; }} autoplay />)}
      {blocked && (
        <div class="call-tap">
          <p>{say('tap_to_hear_help')}</p>
          <button type="button" class="button button-primary" onClick={play}><Volume2 aria-hidden="true" />{say('tap_to_hear')}</button>
        </div>
      )}
    </>
  );
}
