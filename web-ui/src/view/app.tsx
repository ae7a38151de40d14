import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { homeOf, type Role } from '../model/home';
import { loadSession, session, type Session, type SessionState } from '../state/session';
import { ArrivalPage } from './arrival_page';
import { BookingsPage } from './bookings_page';
import { Loading, LoadProblem } from './loading';
import { NotFoundPage } from './not_found_page';
import { Shell } from './shell';
import { SignInPage } from './sign_in_page';
import type { ComponentType } from 'preact';

const InvitesPage = lazy(() => import('./invites_page'));
const NewInvitePage = lazy(() => import('./new_invite_page'));
const NewBookingPage = lazy(() => import('./new_booking_page'));
const SchedulePage = lazy(() => import('./schedule_page'));
const VisitPage = lazy(() => import('./visit_page'));
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
      <Route path="/bookings" component={ownPage('parent', BookingsPage)} />
      <Route path="/bookings/new" component={ownPage('parent', NewBookingPage)} />
      <Route path="/invites" component={ownPage('parent', InvitesPage)} />
      <Route path="/invites/new" component={ownPage('parent', NewInvitePage)} />
      <Route path="/schedule" component={ownPage('teacher', SchedulePage)} />
      <Route path="/visit" component={ownPage('guest', VisitPage)} />
      <Route path="/call/:appointment" component={CallRoute} />
      <Route default component={NotFoundPage} />
    </Router>
  );
  return path.startsWith('/call/') && showsCall(session.value) ? pages : <Shell>{pages}</Shell>;
}

/** Whose session ended while the page was open stays on the call's page, which says why they are out (M8). */
const showsCall = (state: SessionState): boolean => state.is === 'signed_in' || (state.is === 'signed_out' && state.because !== null);

function CallRoute({ appointment }: { appointment?: string }) {
  const number = Number(appointment);
  if (!Number.isSafeInteger(number)) return <NotFoundPage />;
  return showsCall(session.value) ? <CallPage key={number} appointment={number} /> : <Gate />;
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

const ownPages = new Map<ComponentType<{ session: Session }>, ComponentType>();

/** A page of one role: others are taken to their own. */
function ownPage(role: Role, Page: ComponentType<{ session: Session }>): ComponentType {
  const known = ownPages.get(Page);
  if (known) return known;
  const Own = () => {
    const { route } = useLocation();
    const state = session.value;
    const astray = state.is === 'signed_in' && state.session.role !== role ? homeOf(state.session.role) : null;
    useEffect(() => { if (astray) route(astray, true); }, [astray]);
    if (state.is !== 'signed_in') return <Gate />;
    return astray ? <Loading /> : <Page session={state.session} />;
  };
  ownPages.set(Page, Own);
  return Own;
}
