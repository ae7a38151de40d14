// The call itself: the others in their tiles, oneself small, the time that is left, and the three buttons.
import { others, ownIndex, slotOf } from '../../model/call_roster';
import type { CallState, Own } from '../../model/call_state';
import type { CallView } from '../../rtc/session';
import { Announcer, useAnnouncer, useRosterAnnouncements } from './announcer';
import { Controls } from './controls';
import { Countdown } from './countdown';
import { Devices } from './devices';
import { callTitle, ScreenHeading } from './heading';
import { Preview } from './preview';
import { Sounds } from './sounds';
import { say } from './text';
import { Tile } from './tile';

export interface RoomProps {
  readonly view: CallView;
  readonly wish: Own;
  readonly onMute: (muted: boolean) => void;
  readonly onCamera: (off: boolean) => void;
  readonly onAskAgain: () => void;
  readonly onLeave: () => void;
}

export function Room({ view, wish, onMute, onCamera, onAskAgain, onLeave }: RoomProps) {
  const { state, media } = view;
  const { sentence, announce } = useAnnouncer();
  useRosterAnnouncements(state.roster, ownIndex(state), announce);
  return (
    <main class="call-room" id="main">
      <header class="call-bar">
        <ScreenHeading text={callTitle(state.info)} />
        <Countdown clock={state.clock} onMark={announce} />
      </header>
      <div class="call-banner-place">
        <LinkBanner state={state} />
        <Devices media={media} onAskAgain={onAskAgain} brief />
      </div>
      <Stage view={view} muted={state.own.muted} />
      <Sounds streams={view.streams} />
      <footer class="call-foot">
        <Controls wish={wish} media={media} onMute={onMute} onCamera={onCamera} onLeave={onLeave} />
      </footer>
      <Announcer sentence={sentence} />
    </main>
  );
}

function Stage({ view, muted }: { readonly view: CallView; readonly muted: boolean }) {
  const own = ownIndex(view.state);
  const shown = others(view.state.roster, own);
  const alone = shown.length === 0;
  return (
    <div class={`call-stage call-stage-${shown.length}`}>
      {alone ? <Alone /> : (
        <ul class="call-tiles" aria-label={say('people')}>
          {shown.map((person) => {
            const slot = own === null ? 0 : slotOf(own, person.index);
            return (
              <Tile key={`${person.index} ${person.role} ${person.name}`} person={person} stream={view.streams[slot]}
                speaking={view.speaking[slot] ?? false} />
            );
          })}
        </ul>
      )}
      <Preview track={view.preview} muted={muted} kind={alone ? 'tile' : 'corner'} />
    </div>
  );
}

function Alone() {
  return (
    <div class="call-alone">
      <p class="call-alone-head">{say('alone')}</p>
      <p>{say('alone_help')}</p>
    </div>
  );
}

function LinkBanner({ state }: { readonly state: CallState }) {
  const { phase } = state;
  const trouble = phase.at === 'seated' && phase.link !== 'connected' ? phase.link : null;
  const words = trouble === 'connecting' ? 'connecting' : state.offline ? 'reconnecting_offline' : 'reconnecting';
  return (
    <div role="status">
      {trouble && <p class="call-banner"><span class="call-spinner" aria-hidden="true" />{say(words)}</p>}
    </div>
  );
}
