// Says aloud, for people who listen to the page, what others see happen. Polite: it never cuts a voice off.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { others, rosterChanges } from '../../model/call_roster';
import type { Person, Roster } from '../../model/call_state';
import { say } from './text';

/** At most so many sentences at once; more nobody would listen to. */
const atMost = 4;

export function useAnnouncer(): { readonly sentence: string; readonly announce: (sentence: string) => void } {
  const [sentence, setSentence] = useState('');
  const waiting = useRef<string[]>([]);
  const announce = useCallback((next: string) => {
    waiting.current = [...waiting.current, next].slice(-atMost);
    queueMicrotask(() => {
      if (waiting.current.length === 0) return;
      setSentence(waiting.current.join(' '));
      waiting.current = [];
    });
  }, []);
  return { sentence, announce };
}

/** Joined and left, among the others; nothing for those who were there before. */
export function useRosterAnnouncements(roster: Roster, own: number | null, announce: (sentence: string) => void): void {
  const before = useRef<readonly Person[] | null>(null);
  useEffect(() => {
    const now = others(roster, own);
    if (before.current) {
      const { joined, left } = rosterChanges(before.current, now);
      for (const { name } of joined) announce(say('announce.joined', { name }));
      for (const { name } of left) announce(say('announce.left', { name }));
    }
    before.current = now;
  }, [roster, own, announce]);
}

export function Announcer({ sentence }: { readonly sentence: string }) {
  return <p class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">{sentence}</p>;
}
