import { useEffect, useId, useRef } from 'preact/hooks';
import type { Problem } from '../api/client';
import { t } from '../state/i18n';
import { errorSentence } from './error_sentence';
import { focusHeading } from './page';

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. Escape and `no` leave everything as it is. */
export function ConfirmDialog({ title, text, yes, no, busy, problem, onYes, onClose }: ConfirmProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      if (!shown?.open) return;
      // Done: the button that asked for the dialog may go away with what it did.
      shown.close();
      focusHeading();
    };
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} aria-describedby={`${id}-text`} onClose={onClose}>
      <div class="stack">
        <h2 id={id}>{title}</h2>
        <p id={`${id}-text`}>{text}</p>
        {problem && <p class="notice notice-red" role="alert">{errorSentence(problem)}</p>}
        <div class="dialog-buttons">
          <button type="button" class="button" autofocus onClick={() => dialog.current?.close()}>{no}</button>
          <button type="button" class="button button-red" aria-disabled={busy} onClick={() => { if (!busy) onYes(); }}>
            {busy ? t('sending') : yes}
          </button>
        </div>
      </div>
    </dialog>
  );
}
