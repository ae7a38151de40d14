// The call's sentences, loaded with its page, and its times and numbers in the page's language and the school's zone.
import ar from '../../../locales/call.ar.json';
import en from '../../../locales/call.en.json';
import { digits } from '../../model/call_clock';
import { formatTag, isolated } from '../../model/language';
import { addSentences, language, t } from '../../state/i18n';
import { school } from '../../state/session';

addSentences('call', { en, ar });

export function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return t(`call:${key}`, values);
}

const tag = (): string => formatTag(language.value, school.value?.locale ?? null);

export function timeOfDay(at: number): string {
  const zone = school.value?.zone;
  return new Intl.DateTimeFormat(tag(), { hour: 'numeric', minute: '2-digit', ...(zone ? { timeZone: zone } : {}) }).format(at);
}

export function list(items: readonly string[]): string {
  return new Intl.ListFormat(tag(), { type: 'conjunction' }).format(items.map((name) => isolated(name, language.value)));
}

/** `9:05` in the language's own digits. */
export function timer(seconds: number): string {
  const one = new Intl.NumberFormat(language.value);
  return digits(seconds).replace(/\d/g, (digit) => one.format(Number(digit)));
}
