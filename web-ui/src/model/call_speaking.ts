// Whether somebody speaks, from the level of their sound (0..1): on at once, off only after a pause, so that the ring
// does not flicker with every syllable.

export interface Speaking {
  readonly on: boolean;
  readonly loudAt: number;
}

/** About -38 dBov and -46 dBov. */
const louder = 0.0126;
const quieter = 0.005;
const pause = 700;

export const silent: Speaking = { on: false, loudAt: Number.NEGATIVE_INFINITY };

export function hear(before: Speaking, level: number, now: number): Speaking {
  const loud = level >= (before.on ? quieter : louder);
  if (loud) return { on: true, loudAt: now };
  return { on: before.on && now - before.loudAt < pause, loudAt: before.loudAt };
}
