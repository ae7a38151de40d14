// Notices that a connection which calls itself connected carries nothing any more. Browsers need 5 to 30 s for that.
// Fed with what getStats counts; time is the page's clock in ms.

export interface Sample {
  readonly now: number;
  /** Everything that ever came in: bytes, and answers to the browser's own consent checks. */
  readonly received: number;
  /** Something of ours is on its way, so that the box's reports must come back. */
  readonly sending: boolean;
}

export interface Watchdog {
  readonly received: number;
  readonly progressAt: number;
  readonly lookedAt: number;
  /** Until then nothing is believed: the page has just been asleep. */
  readonly suspectUntil: number | null;
  readonly stalled: boolean;
}

/** Media or reports come several times a second; consent checks alone every 2.5 to 6 s. */
const patience = { sending: 4000, quiet: 12000 } as const;
/** A page that slept has this long to show that its connection lives. */
const patienceAfterSleep = 1500;
/** Looks come every second; a longer pause is a page that slept, and says nothing about the network. */
const pauseOfSleep = 4000;

export function startWatchdog(now: number): Watchdog {
  return { received: -1, progressAt: now, lookedAt: now, suspectUntil: null, stalled: false };
}

/** The page was hidden, frozen or asleep: be quick to judge. */
export function suspect(dog: Watchdog, now: number): Watchdog {
  return dog.suspectUntil === null ? { ...dog, progressAt: now, lookedAt: now, suspectUntil: now + patienceAfterSleep } : dog;
}

export function look(before: Watchdog, sample: Sample): Watchdog {
  const dog = sample.now - before.lookedAt > pauseOfSleep ? suspect(before, sample.now) : before;
  // What came in during the sleep says nothing either: it was waiting in a buffer.
  const progressed = sample.received !== dog.received;
  if (progressed && dog.suspectUntil !== null && sample.now <= dog.progressAt) {
    return { ...dog, received: sample.received, lookedAt: sample.now };
  }
  if (progressed) {
    return { received: sample.received, progressAt: sample.now, lookedAt: sample.now, suspectUntil: null, stalled: false };
  }
  const limit = dog.suspectUntil ?? dog.progressAt + (sample.sending ? patience.sending : patience.quiet);
  return { ...dog, lookedAt: sample.now, stalled: sample.now >= limit };
}
