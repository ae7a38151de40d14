// What is wrong with camera or microphone, in plain words, and what to do (C8).
import { CircleAlert } from 'lucide-preact';
import { deviceNotices, type MediaState } from '../../model/call_media';
import { say } from './text';

export interface DevicesProps {
  readonly media: MediaState;
  readonly onAskAgain: () => void;
  /** In a call there is less room: only the fact and the button. */
  readonly brief?: boolean;
}

export function Devices({ media, onAskAgain, brief = false }: DevicesProps) {
  const notices = deviceNotices(media);
  const asking = media.camera === 'asking' || media.microphone === 'asking';
  if (notices.length === 0) return asking && !brief ? <p class="call-hint" role="status">{say('device.allow')}</p> : null;
  return (
    <div class="call-devices" role="status">
      {notices.map(({ device, problem }) => (
        <div key={device} class="call-notice">
          <CircleAlert aria-hidden="true" />
          <div>
            <p class="call-notice-head">{say(`device.${device}_${problem}`)}</p>
            {!brief && <p>{say(`device.${device}_${problem}_help`)}</p>}
          </div>
        </div>
      ))}
      {notices.some(({ problem }) => problem !== 'unsupported') && (
        <button type="button" class="button" onClick={onAskAgain}>{say(brief ? 'try_again' : 'device.ask_again')}</button>
      )}
      {!brief && <p class="call-hint">{say('device.join_anyway')}</p>}
    </div>
  );
}
