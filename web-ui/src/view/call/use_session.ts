// The call session of a page: lives as long as the page shows this call, and hears the page's event stream.
import { useEffect, useRef, useState } from 'preact/hooks';
import { closeEvents, listen, openEvents, pageName, watchCall } from '../../api/events';
import { readServerEvent } from '../../model/call_events';
import { CallSession, type CallView } from '../../rtc/session';

export interface LiveCall {
  readonly view: CallView;
  readonly session: CallSession;
}

export function useSession(call: number): LiveCall | null {
  const [live, setLive] = useState<LiveCall | null>(null);
  useEffect(() => {
    let session: CallSession | null = null;
    const show = (view: CallView): void => queueMicrotask(() => { if (session) setLive({ view, session }); });
    session = new CallSession(call, pageName, show);
    const deaf = listen(({ name, data }) => {
      const event = readServerEvent(name, data);
      if (event) session?.heard(event);
      else console.warn('parley: an event that cannot be understood', name);
    });
    openEvents();
    watchCall(call);
    return () => {
      deaf();
      watchCall(null);
      session?.stop();
      session = null;
      setLive(null);
    };
  }, [call]);
  useFreshStream(live?.view.state.offline ?? false);
  return live;
}

/** A stream that was open while the network was away may hang for good without an error: it is opened anew. */
function useFreshStream(offline: boolean): void {
  const before = useRef(offline);
  useEffect(() => {
    if (before.current && !offline) {
      closeEvents();
      openEvents();
    }
    before.current = offline;
  }, [offline]);
}
