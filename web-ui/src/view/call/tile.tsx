// One other person: picture or initials, name and role, and what is up with them.
import { MicOff, VideoOff } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { initials } from '../../model/call_roster';
import type { Person } from '../../model/call_state';
import { say } from './text';

export interface TileProps {
  readonly person: Person;
  readonly stream: MediaStream | undefined;
  readonly speaking: boolean;
}

export function Tile({ person, stream, speaking }: TileProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [upright, setUpright] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (!element || element.srcObject === (stream ?? null)) return;
    element.srcObject = stream ?? null;
    element.play().catch(() => {
      // Silent pictures may always play; what is refused here is a stream that went away meanwhile.
    });
  }, [stream]);
  const measure = (): void => setUpright((video.current?.videoHeight ?? 0) > (video.current?.videoWidth ?? 0));
  const talks = speaking && !person.muted && person.link === 'connected';
  return (
    <li class={`call-tile${talks ? ' call-tile-speaking' : ''}`}>
      {/* Under the picture, for as long as there is none. */}
      <span class="call-avatar" aria-hidden="true">{initials(person.name)}</span>
      <video ref={video} class={upright ? 'call-picture-upright' : ''} muted autoplay playsinline
        tabIndex={-1} aria-hidden="true" hidden={person.cameraOff} onResize={measure} onLoadedMetadata={measure} />
      {person.link !== 'connected' && (
        <p class="call-tile-state">
          <span class="call-spinner" aria-hidden="true" />
          {person.link === 'lost' ? say('person.lost') : say('person.connecting')}
        </p>
      )}
      <p class="call-label">
        <span class="call-name"><bdi>{person.name}</bdi></span>
        <span class="call-role">{say(`role.${person.role}`)}</span>
        {person.muted && <MicOff role="img" aria-label={say('person.muted')} size={16} />}
        {person.cameraOff && <VideoOff role="img" aria-label={say('person.camera_off')} size={16} />}
      </p>
    </li>
  );
}
