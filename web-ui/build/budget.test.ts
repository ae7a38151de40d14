import { expect, it } from 'vitest';
import { loaded } from './budget';

const manifest = {
  'index.html': { file: 'index.js', css: ['index.css'], imports: ['shared.js'], dynamicImports: ['later.tsx'] },
  'shared.js': { file: 'shared.js', imports: ['index.html'] },
  'later.tsx': { file: 'later.js', css: ['later.css'], assets: ['picture.svg'], imports: ['shared.js'] },
};

it('counts what a page loads at once, each file once, and nothing that comes later', () => {
  expect([...loaded(manifest, ['index.html'])].sort()).toEqual(['index.css', 'index.html', 'index.js', 'shared.js']);
});

it('counts a later part with its styles and pictures', () => {
  expect([...loaded(manifest, ['index.html', 'later.tsx'])]).toEqual(expect.arrayContaining(['later.js', 'later.css', 'picture.svg']));
});

it('names an entry that the build does not have', () => {
  expect(() => loaded(manifest, ['gone.tsx'])).toThrow('the build has no gone.tsx');
});
