// Before the call: how one looks, who is there, what does not work, and one big button.
import type { CallState, Own, Role } from '../../model/call_state';
import type { CallView } from '../../rtc/session';
import { Controls } from './controls';
import { useNow } from './countdown';
import { Devices } from './devices';
import { Preview } from './preview';
import { CallHeading } from './heading';
import { say, timeOfDay, timer } from './text';

export interface LobbyProps {
  readonly view: CallView;
  readonly wish: Own;
  readonly onMute: (muted: boolean) => void;
  readonly onCamera: (off: boolean) => void;
  readonly onAskAgain: () => void;
  readonly onJoin: () => void;
}

export function Lobby({ view, wish, onMute, onCamera, onAskAgain, onJoin }: LobbyProps) {
  const { state, media, preview } = view;
  return (
    <main class="call-lobby" id="main">
      <CallHeading info={state.info} />
      <div class="call-lobby-sides">
        <div class="call-lobby-self">
          <Preview track={preview} muted={wish.muted} kind="lobby" />
          <Controls wish={wish} media={media} onMute={onMute} onCamera={onCamera} />
        </div>
        <div class="call-lobby-join">
          <Entrance state={state} onJoin={onJoin} />
          <Devices media={media} onAskAgain={onAskAgain} />
          <p class="call-hint">
            {state.info && <>{say('joining_as', { name: state.info.ownName })} </>}
            {say('no_recording')}
          </p>
        </div>
      </div>
    </main>
  );
}

function Entrance({ state, onJoin }: { readonly state: CallState; readonly onJoin: () => void }) {
  const { phase } = state;
  if (phase.at === 'joining') return <JoinButton busy onJoin={onJoin} state={state} />;
  if (phase.at !== 'lobby' || phase.lobby === 'loading') return <p role="status">{say('loading')}</p>;
  if (phase.lobby === 'early' && phase.opensAt !== null) return <Early opensAt={phase.opensAt} skew={state.clock.skew} />;
  return <JoinButton busy={false} onJoin={onJoin} state={state} />;
}

function JoinButton({ busy, state, onJoin }: { readonly busy: boolean; readonly state: CallState; readonly onJoin: () => void }) {
  return (
    <>
      <Present state={state} />
      <button type="button" class="button button-primary call-join" aria-disabled={busy} onClick={() => { if (!busy) onJoin(); }}>
        {busy ? say('lobby.joining') : say('join')}
      </button>
    </>
  );
}

function Present({ state }: { readonly state: CallState }) {
  const { people, waiting } = state.roster;
  return (
    <div class="call-present" aria-live="polite">
      {people.length === 0 ? <p>{say('lobby.nobody')}</p> : (
        <>
          <p id="call-present">{say('lobby.here_already')}</p>
          <ul aria-labelledby="call-present">
            {people.map(({ index, name, role }) => <Someone key={index} name={name} role={role} />)}
          </ul>
        </>
      )}
      {waiting > 0 && <p>{say('lobby.queue', { count: waiting })}</p>}
    </div>
  );
}

function Someone({ name, role }: { readonly name: string; readonly role: Role }) {
  return <li><bdi>{name}</bdi> <span class="call-role">{say(`role.${role}`)}</span></li>;
}

function Early({ opensAt, skew }: { readonly opensAt: number; readonly skew: number }) {
  const seconds = Math.max(0, Math.ceil((opensAt - useNow() - skew) / 1000));
  return (
    <div class="call-early">
      <h2>{say('lobby.early')}</h2>
      <p>{say('lobby.opens_at', { time: timeOfDay(opensAt) })}</p>
      <p class="call-early-count" role="timer" aria-live="off">{say('lobby.opens_in', { digits: timer(seconds) })}</p>
    </div>
  );
}
