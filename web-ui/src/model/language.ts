// Which language a page speaks, and which way its text runs.

export const languages = ['en', 'ar'] as const;
export type Language = (typeof languages)[number];

const isLanguage = (tag: string): tag is Language => (languages as readonly string[]).includes(tag);
const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** The first language of `wanted` (BCP 47 tags, best first, missing ones as null) that Parley speaks; else English. */
export function chooseLanguage(wanted: readonly (string | null)[]): Language {
  for (const tag of wanted) {
    const found = primary(tag ?? '');
    if (isLanguage(found)) return found;
  }
  return 'en';
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** The tag for dates and numbers: the school's own where it is of the same language (en-GB), else the language's. */
export function formatTag(language: Language, schoolTag: string | null): string {
  return schoolTag && primary(schoolTag) === language ? schoolTag : language;
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const leftToRight = /\p{Letter}/u;

/**
 * What a person or a class is called, put into a sentence of `language`: shut in by Unicode's isolates (FSI, PDI; UAX 9)
 * where it runs the other way, so that it cannot turn the sentence round it.
 */
export function isolated(value: string, language: Language): string {
  const withoutRtl = value.replace(new RegExp(rightToLeft, 'gu'), '');
  const foreign = directionOf(language) === 'rtl' ? leftToRight.test(withoutRtl) : rightToLeft.test(value);
  return foreign ? `\u2068${value}\u2069` : value;
}
