import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { homeOf } from '../model/home';
import { loadSession, session } from '../state/session';
import { ArrivalPage } from './arrival_page';
import { Loading, LoadProblem } from './loading';
import { NotFoundPage } from './not_found_page';
import { Shell } from './shell';
import { SignInPage } from './sign_in_page';

const CallPage = lazy(() => import('./call/page'));

export function App() {
  const [broken, setBroken] = useState(false);
  return (
    <LocationProvider>
      <ErrorBoundary onError={(error) => { console.error(error); setBroken(true); }}>
        {broken ? <Shell><LoadProblem problem={brokenPage} retry={() => location.reload()} /></Shell> : <Frame />}
      </ErrorBoundary>
    </LocationProvider>
  );
}

/** A part of the page that could not be loaded, or that failed. */
const brokenPage = { error: 'broken', fields: [], retryAfter: null };

/** The call fills the whole window: no header, no footer. */
function Frame() {
  const { path } = useLocation();
  const pages = (
    <Router>
      <Route path="/" component={Home} />
      <Route path="/in" component={ArrivalPage} />
      <Route path="/guest" component={ArrivalPage} />
      <Route path="/call/:appointment" component={CallRoute} />
      <Route default component={NotFoundPage} />
    </Router>
  );
  return path.startsWith('/call/') && session.value.is === 'signed_in' ? pages : <Shell>{pages}</Shell>;
}

function CallRoute({ appointment }: { appointment?: string }) {
  const number = Number(appointment);
  if (!Number.isSafeInteger(number)) return <NotFoundPage />;
  return session.value.is === 'signed_in' ? <CallPage key={number} appointment={number} /> : <Gate />;
}

function useSession(): void {
  useEffect(() => { if (session.value.is === 'loading') void loadSession(); }, []);
}

/** What stands here until somebody is signed in. */
function Gate() {
  useSession();
  const state = session.value;
  if (state.is === 'unknown') return <LoadProblem problem={state.problem} retry={() => void loadSession()} />;
  if (state.is === 'signed_out') return <SignInPage because={state.because} />;
  return <Loading />;
}

function Home() {
  const { route } = useLocation();
  const state = session.value;
  const home = state.is === 'signed_in' ? homeOf(state.session.role) : null;
  useEffect(() => { if (home && home !== '/') route(home, true); }, [home]);
  if (state.is !== 'signed_in') return <Gate />;
  return home === '/' ? <NotFoundPage nothingHere /> : <Loading />;
}
