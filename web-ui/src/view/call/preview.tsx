// The own picture, mirrored as people know themselves. Never carries sound.
import { MicOff, VideoOff } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from './text';

export interface PreviewProps {
  readonly track: MediaStreamTrack | null;
  readonly muted: boolean;
  readonly kind: 'lobby' | 'corner' | 'tile';
}

export function Preview({ track, muted, kind }: PreviewProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = track ? new MediaStream([track]) : null;
    if (track) element.play().catch(() => { /* a camera that went away at the same moment */ });
  }, [track]);
  return (
    <div class={`call-preview call-preview-${kind}`} role="group" aria-label={say('own_preview')}>
      <video ref={video} muted autoplay playsinline tabIndex={-1} aria-hidden="true" hidden={!track} />
      {!track && <span class="call-preview-off"><VideoOff role="img" aria-label={say('person.camera_off')} /></span>}
      <p class="call-label call-label-own">
        <span>{say('you')}</span>
        {muted && <MicOff role="img" aria-label={say('person.muted')} size={16} />}
      </p>
    </div>
  );
}
