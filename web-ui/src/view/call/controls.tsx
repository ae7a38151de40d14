// Mute, camera, leave: the three things that a hand looks for.
import { Mic, MicOff, PhoneOff, Video, VideoOff } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { isProblem, type MediaState } from '../../model/call_media';
import type { Own } from '../../model/call_state';
import { say } from './text';

export interface ControlsProps {
  readonly wish: Own;
  readonly media: MediaState;
  readonly onMute: (muted: boolean) => void;
  readonly onCamera: (off: boolean) => void;
  /** Left out in the lobby, where there is nothing to leave. */
  readonly onLeave?: () => void;
}

interface ControlProps {
  readonly name: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly look: 'plain' | 'off' | 'leave';
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}

function Control({ name, pressed, disabled = false, look, onPress, children }: ControlProps) {
  return (
    <button type="button" class={`call-control call-control-${look}`} aria-pressed={pressed} disabled={disabled} onClick={onPress}>
      <span class="call-control-sign" aria-hidden="true">{children}</span>
      <span>{name}</span>
    </button>
  );
}

export function Controls({ wish, media, onMute, onCamera, onLeave }: ControlsProps) {
  const silent = wish.muted || isProblem(media.microphone);
  const dark = wish.cameraOff || isProblem(media.camera);
  return (
    <div class="call-controls">
      <Control name={say(wish.muted ? 'unmute' : 'mute')} pressed={wish.muted} disabled={isProblem(media.microphone)}
        look={silent ? 'off' : 'plain'} onPress={() => onMute(!wish.muted)}>
        {silent ? <MicOff /> : <Mic />}
      </Control>
      <Control name={say('camera')} pressed={!dark} disabled={isProblem(media.camera)} look={dark ? 'off' : 'plain'}
        onPress={() => onCamera(!wish.cameraOff)}>
        {dark ? <VideoOff /> : <Video />}
      </Control>
      {onLeave && <Control name={say('leave')} look="leave" onPress={onLeave}><PhoneOff /></Control>}
    </div>
  );
}
