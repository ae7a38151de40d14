// Every sentence comes from locales/ through `t`. A component that calls it is drawn again when the language changes.
import { computed, signal } from '@preact/signals';
import i18next, { type TOptions } from 'i18next';
import ar from '../../locales/ar.json';
import en from '../../locales/en.json';
import { chooseLanguage, directionOf, isolated, type Language } from '../model/language';

const remembered = 'parley.language';

export const language = signal<Language>('en');
/** Grows when sentences arrive later, so that what waited for them is drawn again. */
const catalogues = signal(0);
export const direction = computed(() => directionOf(language.value));

/** What `t` puts in for a value: text is kept from turning the sentence round, numbers are of the language. */
function put(value: unknown): string {
  return typeof value === 'number' ? new Intl.NumberFormat(language.value).format(value) : isolated(String(value), language.value);
}

i18next.init({
  lng: 'en',
  fallbackLng: false,
  ns: ['page'],
  defaultNS: 'page',
  resources: { en: { page: en }, ar: { page: ar } },
  interpolation: { escapeValue: true, escape: put as (value: string) => string },
  initAsync: false,
  showSupportNotice: false,
} as Parameters<typeof i18next.init>[0]);

/** The sentence `key` of the catalogue `page`, or of another one: `call:lobby.ready`. */
export function t(key: string, values: TOptions = {}): string {
  void catalogues.value;
  return i18next.t(key, { ...values, lng: language.value });
}

export function hasSentence(key: string): boolean {
  return i18next.exists(key, { lng: language.value });
}

/** Adds the sentences of a part that is loaded later. */
export function addSentences(name: string, sentences: Readonly<Record<Language, object>>): void {
  if (i18next.hasResourceBundle('en', name)) return;
  for (const [tag, texts] of Object.entries(sentences)) i18next.addResourceBundle(tag, name, texts);
  catalogues.value += 1;
}

/** The language that was chosen here before, else the browser's. */
export function startLanguage(): void {
  show(chooseLanguage([stored(), ...navigator.languages]));
}

export function setLanguage(chosen: Language): void {
  try {
    localStorage.setItem(remembered, chosen);
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
  show(chosen);
}

function stored(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

function show(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = directionOf(chosen);
}
