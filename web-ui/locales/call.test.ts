import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import ar from './call.ar.json';
import en from './call.en.json';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, before = ''): ReadonlyMap<string, string> =>
  new Map(Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : [...flat(value, `${before}${key}.`)]));

const plural = /_(zero|one|two|few|many|other)$/;
const names = (texts: ReadonlyMap<string, string>): ReadonlySet<string> => new Set([...texts.keys()].map((key) => key.replace(plural, '')));
const values = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

const catalogues = { en: flat(en), ar: flat(ar) };
const source = readdirSync(new URL('../src/view/call', import.meta.url))
  .map((file) => readFileSync(new URL(`../src/view/call/${file}`, import.meta.url), 'utf8'))
  .join('\n');
const asked = [...source.matchAll(/say\((?:[^()]*\? )?'([\w.]+)'(?: : '([\w.]+)')?/g)].flatMap(([, one, other]) => (other ? [one, other] : [one]));

describe('the call\'s sentences', () => {
  it('are the same in both languages', () => {
    expect(names(catalogues.ar)).toEqual(names(catalogues.en));
  });
  it.each(['en', 'ar'] as const)('have every plural form of %s', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = [...catalogues[language].keys()].filter((key) => plural.test(key)).map((key) => key.replace(plural, ''));
    for (const name of new Set(counted)) {
      for (const form of forms) expect(catalogues[language].has(`${name}_${form}`), `${name}_${form}`).toBe(true);
    }
  });
  it('take the same values', () => {
    for (const [key, text] of catalogues.en) {
      if (!plural.test(key)) expect(values(catalogues.ar.get(key) ?? ''), key).toEqual(values(text));
    }
  });
  it('are all there that the page asks for', () => {
    expect(asked.length).toBeGreaterThan(40);
    for (const key of asked) expect(names(catalogues.en).has(key ?? ''), key).toBe(true);
  });
  it('tell of every device and problem, and of every failure', () => {
    for (const device of ['both', 'camera', 'microphone']) {
      for (const problem of ['denied', 'missing', 'busy', 'unplugged', 'unsupported', 'broken']) {
        expect(catalogues.en.has(`device.${device}_${problem}`), `${device} ${problem}`).toBe(true);
        expect(catalogues.en.has(`device.${device}_${problem}_help`), `${device} ${problem}`).toBe(true);
      }
    }
    for (const reason of ['unreachable', 'not_found', 'not_video', 'queue_full', 'box_full', 'media_unavailable', 'no_route', 'internal']) {
      expect(catalogues.en.has(`failed.${reason}_help`), reason).toBe(true);
    }
  });
});
