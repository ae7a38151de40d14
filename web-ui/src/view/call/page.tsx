// The page of one call: which screen stands there follows from the call's phase alone.
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import type { Role } from '../../model/call_state';
import { school, session as signedIn } from '../../state/session';
import { t } from '../../state/i18n';
import type { CallSession, CallView } from '../../rtc/session';
import { callTitle } from './heading';
import { Lobby } from './lobby';
import { Room } from './room';
import { Ended, Failed, KnockedOut, Left, phaseTitle, Removed, Waiting } from './screens';
import { say } from './text';
import { useSession } from './use_session';
import './call.css';

export default function CallPage({ appointment }: { readonly appointment: number }) {
  const live = useSession(appointment);
  const title = live ? phaseTitle(live.view.state.phase) ?? callTitle(live.view.state.info) : say('title');
  const name = school.value?.name ?? t('brand');
  useEffect(() => { document.title = t('page_title', { page: title, school: name }); }, [title, name]);
  if (!live) return <main class="call-screen" id="main"><p role="status">{say('loading')}</p></main>;
  return <CallScreen view={live.view} session={live.session} />;
}

function CallScreen({ view, session }: { readonly view: CallView; readonly session: CallSession }) {
  const { route } = useLocation();
  const role = useRole();
  const own = {
    view,
    wish: view.wish,
    onMute: (muted: boolean) => session.setMuted(muted),
    onCamera: (off: boolean) => session.setCameraOff(off),
  };
  const onAskAgain = (): void => session.askForMedia();
  const onLeave = (): void => session.leave();
  const onJoin = (): void => session.join();
  const { phase } = view.state;
  switch (phase.at) {
    case 'lobby':
    case 'joining': return <Lobby {...own} onAskAgain={onAskAgain} onJoin={onJoin} />;
    case 'waiting': return <Waiting {...own} place={phase.place} letIn={phase.letIn} onLeave={onLeave} />;
    case 'seated': return <Room {...own} onAskAgain={onAskAgain} onLeave={onLeave} />;
    case 'knocked_out': return <KnockedOut onUseThis={onJoin} />;
    case 'removed': return <Removed why={phase.why} role={role} />;
    case 'ended': return <Ended state={view.state} next={phase.next} onGo={(call) => route(`/call/${call}`)} />;
    case 'left': return <Left onJoin={onJoin} />;
    case 'failed': return <Failed reason={phase.reason} onRetry={() => session.retry()} />;
  }
}

/** Who one was, also after the session has ended. */
function useRole(): Role | null {
  const known = useRef<Role | null>(null);
  const state = signedIn.value;
  if (state.is === 'signed_in') known.current = state.session.role;
  return known.current;
}
