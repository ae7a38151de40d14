import type { FieldError, Problem } from '../api/client';
import { hasSentence, t } from '../state/i18n';

/** What the page says about a refusal, in its own language and with what to do next. */
export function errorSentence(problem: Problem | FieldError): string {
  const key = `error.${problem.error}`;
  if (problem.error === 'too_many_requests' && 'retryAfter' in problem && problem.retryAfter) {
    return t('error.too_many_requests_for', { count: Math.ceil(problem.retryAfter / 60) });
  }
  return t(hasSentence(key) ? key : 'error.broken');
}
