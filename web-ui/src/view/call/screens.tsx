// The screens around the call: waiting, used elsewhere, put out, over, left, and what failed. Each says what to do next.
import { Check, CircleAlert, Clock as ClockSign, MonitorSmartphone, PhoneOff, UserX } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CallState, FailReason, Own, Phase, Role } from '../../model/call_state';
import type { CallView } from '../../rtc/session';
import { Controls } from './controls';
import { ScreenHeading } from './heading';
import { Preview } from './preview';
import { say, timeOfDay } from './text';

interface ScreenProps {
  readonly sign: ComponentChildren;
  readonly heading: string;
  readonly children: ComponentChildren;
}

function Screen({ sign, heading, children }: ScreenProps) {
  return (
    <main class="call-screen" id="main">
      <div class="call-card">
        <span class="call-sign" aria-hidden="true">{sign}</span>
        <ScreenHeading text={heading} />
        {children}
      </div>
    </main>
  );
}

function Press({ text, look = 'button-primary', onPress }: { readonly text: string; readonly look?: string; readonly onPress: () => void }) {
  return <button type="button" class={`button ${look}`} onClick={onPress}>{text}</button>;
}

function Home() {
  return <a class="button" href="/">{say('to_start')}</a>;
}

export interface WaitingProps {
  readonly view: CallView;
  readonly place: number;
  readonly letIn: boolean;
  readonly wish: Own;
  readonly onMute: (muted: boolean) => void;
  readonly onCamera: (off: boolean) => void;
  readonly onLeave: () => void;
}

export function Waiting({ view, place, letIn, wish, onMute, onCamera, onLeave }: WaitingProps) {
  return (
    <Screen sign={<ClockSign />} heading={say('waiting.heading')}>
      <p class="call-lead" role="status">{letIn ? say('waiting.letting_in') : say('waiting.place', { place })}</p>
      <p>{say(view.state.offline ? 'waiting.offline' : 'waiting.keep_open')}</p>
      <Preview track={view.preview} muted={wish.muted} kind="lobby" />
      <Controls wish={wish} media={view.media} onMute={onMute} onCamera={onCamera} onLeave={onLeave} />
    </Screen>
  );
}

export function KnockedOut({ onUseThis }: { readonly onUseThis: () => void }) {
  return (
    <Screen sign={<MonitorSmartphone />} heading={say('knocked_out.heading')}>
      <p class="call-lead">{say('knocked_out.help')}</p>
      <Press text={say('knocked_out.use_this')} onPress={onUseThis} />
      <Home />
    </Screen>
  );
}

const removedWords = (role: Role | null): string => (role === null ? 'unknown' : role === 'guest' ? 'guest' : 'other');

export function Removed({ why, role }: { readonly why: 'removed' | 'signed_out'; readonly role: Role | null }) {
  if (why === 'signed_out') {
    return (
      <Screen sign={<UserX />} heading={say('removed.signed_out_heading')}>
        <p class="call-lead">{say('removed.signed_out')}</p>
      </Screen>
    );
  }
  return (
    <Screen sign={<UserX />} heading={say('removed.heading')}>
      <p class="call-lead">{say(`removed.${removedWords(role)}`)}</p>
      <p>{say('removed.help')}</p>
      {role !== 'guest' && <Home />}
    </Screen>
  );
}

export function Left({ onJoin }: { readonly onJoin: () => void }) {
  return (
    <Screen sign={<PhoneOff />} heading={say('left.heading')}>
      <p class="call-lead">{say('left.help')}</p>
      <Press text={say('join_again')} onPress={onJoin} />
      <Home />
    </Screen>
  );
}

/** Seconds until the page goes on to the next appointment by itself. */
const goesIn = 15;

export function Ended({ state, next, onGo }: { readonly state: CallState; readonly next: number | null; readonly onGo: (call: number) => void }) {
  return (
    <Screen sign={<Check />} heading={say('ended.heading')}>
      {next === null ? <><p class="call-lead">{say('ended.thanks')}</p><Home /></> : <Next state={state} next={next} onGo={onGo} />}
    </Screen>
  );
}

function Next({ state, next, onGo }: { readonly state: CallState; readonly next: number; readonly onGo: (call: number) => void }) {
  const [left, setLeft] = useState<number | null>(goesIn);
  useEffect(() => {
    if (left === null) return undefined;
    if (left === 0) {
      onGo(next);
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, next, onGo]);
  const known = state.info?.next?.id === next ? state.info.next : null;
  const words = known && known.startsAt !== null && known.title !== null
    ? say('ended.next', { subject: known.title, time: timeOfDay(known.startsAt) })
    : say('ended.next_unknown');
  return (
    <>
      <p class="call-lead">{words}</p>
      {left !== null && <p role="timer" aria-live="off">{say('ended.goes_in', { count: left })}</p>}
      <a class="button button-primary" href={`/call/${next}`}>{say('ended.go_next')}</a>
      {left !== null && <Press text={say('ended.stay')} look="" onPress={() => setLeft(null)} />}
    </>
  );
}

const noRetry: readonly FailReason[] = ['not_found', 'not_video'];

export function Failed({ reason, onRetry }: { readonly reason: FailReason; readonly onRetry: () => void }) {
  return (
    <Screen sign={<CircleAlert />} heading={say(`failed.${reason}`)}>
      <p class="call-lead">{say(`failed.${reason}_help`)}</p>
      {!noRetry.includes(reason) && <Press text={say('try_again')} onPress={onRetry} />}
      <Home />
    </Screen>
  );
}

/** What a screen reader's and a tab's title say of a phase. */
export function phaseTitle(phase: Phase): string | null {
  switch (phase.at) {
    case 'waiting': return say('waiting.heading');
    case 'knocked_out': return say('knocked_out.heading');
    case 'removed': return say(phase.why === 'removed' ? 'removed.heading' : 'removed.signed_out_heading');
    case 'ended': return say('ended.heading');
    case 'left': return say('left.heading');
    case 'failed': return say(`failed.${phase.reason}`);
    default: return null;
  }
}
