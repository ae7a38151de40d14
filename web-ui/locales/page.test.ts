import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import ar from './ar.json';
import en from './en.json';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, before = ''): ReadonlyMap<string, string> =>
  new Map(Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : [...flat(value, `${before}${key}.`)]));

const plural = /_(zero|one|two|few|many|other)$/;
const bare = (key: string): string => key.replace(plural, '');
const names = (texts: ReadonlyMap<string, string>): string[] => [...new Set([...texts.keys()].map(bare))].sort();
const values = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))].sort();

const catalogues = { en: flat(en), ar: flat(ar) };
const known = new Set(names(catalogues.en));

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const folders = ['../src/view/', '../src/state/', '../src/model/', '../src/'];
const source = folders
  .flatMap((folder) => readdirSync(new URL(folder, import.meta.url)).filter((file) => /(?<!\.test)\.tsx?$/.test(file)).map((file) => read(folder + file)))
  .join('\n');
/** Every string of the source that names a sentence: `'bookings.title'`; and the beginnings of those put together: `error.${…}`. */
const asked = [...source.matchAll(/'((?:\w+\.)*\w+)'/g)].map(([, key]) => key ?? '').filter((key) => known.has(key));
const begun = [...source.matchAll(/`((?:\w+\.)+)\$\{/g)].map(([, start]) => start ?? '');
const called = [...source.matchAll(/\bt\((?:[^()'`]*\? )?'([\w.]+)'(?: : '([\w.]+)')?/g)].flatMap(([, one, other]) => (other ? [one, other] : [one]));

describe('the pages\' sentences', () => {
  it('are the same in both languages', () => {
    expect(names(catalogues.ar)).toEqual(names(catalogues.en));
  });
  it.each(['en', 'ar'] as const)('have every plural form of %s', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = new Set([...catalogues[language].keys()].filter((key) => plural.test(key)).map(bare));
    for (const name of counted) {
      for (const form of forms) expect(catalogues[language].has(`${name}_${form}`), `${name}_${form}`).toBe(true);
    }
  });
  it('take the same values', () => {
    for (const [key, text] of catalogues.en) {
      if (!plural.test(key)) expect(values(catalogues.ar.get(key) ?? ''), key).toEqual(values(text));
    }
  });
  it('are none of them empty', () => {
    for (const texts of Object.values(catalogues)) expect([...texts].filter(([, text]) => !text.trim())).toEqual([]);
  });
  it('are all there that the pages ask for', () => {
    expect(called.length).toBeGreaterThan(80);
    expect(called.filter((key) => key && !key.includes(':') && !known.has(key))).toEqual([]);
  });
  it('are all asked for', () => {
    const used = new Set(asked);
    expect([...known].filter((key) => !used.has(key) && !begun.some((start) => key.startsWith(start)))).toEqual([]);
  });
  it('say every refusal of the box', () => {
    const body = /enum class Refusal \{([^}]*)\}/.exec(read('../../daemon/domain/refusal.h'))?.[1] ?? '';
    const refusals = [...body.replace(/\/\/.*/g, '').matchAll(/\w+/g)].map(([name]) => name);
    expect(refusals.length).toBeGreaterThan(30);
    expect([...refusals, 'unavailable', 'offline', 'broken'].filter((name) => !known.has(`error.${name}`))).toEqual([]);
  });
});
