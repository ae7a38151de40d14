import type { Problem } from '../api/client';
import { errorSentence } from './error_sentence';
import { t } from '../state/i18n';

/** Grey shapes where the content will be; a screen reader hears that it is loading. */
export function Loading({ rows = 3 }: { rows?: number }) {
  return (
    <div class="stack" aria-busy="true">
      <p class="visually-hidden" role="status">{t('loading')}</p>
      <div class="skeleton skeleton-title" />
      {Array.from({ length: rows }, (_, row) => <div key={row} class="skeleton skeleton-card" />)}
    </div>
  );
}

export function LoadProblem({ problem, retry }: { problem: Problem; retry: () => void }) {
  return (
    <div class="notice notice-red" role="alert">
      <p>{errorSentence(problem)}</p>
      <button type="button" class="button" onClick={retry}>{t('try_again')}</button>
    </div>
  );
}
