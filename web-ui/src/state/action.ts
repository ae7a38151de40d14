import { useRef, useState } from 'preact/hooks';
import type { Problem, Reply } from '../api/client';

export interface Action {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Does `what` unless it is being done already: a second press does nothing twice. */
  readonly run: <T>(what: () => Promise<Reply<T>>, done: (value: T) => void) => Promise<void>;
  readonly forget: () => void;
}

/** Something a person does that takes a moment and can be refused. */
export function useAction(): Action {
  const under = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run: Action['run'] = async (what, done) => {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setProblem(null);
    const reply = await what();
    under.current = false;
    setBusy(false);
    if (reply.ok) done(reply.value);
    else setProblem(reply.problem);
  };
  return { busy, problem, run, forget: () => setProblem(null) };
}
