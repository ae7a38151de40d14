import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import { budget } from './build/budget';
import { precompress } from './build/precompress';

// The box serves the pages under a strict content security policy: nothing is inlined, neither script nor picture.
export default defineConfig({
  plugins: [
    preact({ prefreshEnabled: false, reactAliasesEnabled: false }),
    precompress(),
    budget({ page: { entries: ['index.html'], kilobytes: 60 }, call: { entries: ['index.html', 'src/view/call/page.tsx'], kilobytes: 120 } }),
  ],
  build: {
    target: ['chrome105', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': { target: process.env['PARLEY_API'] ?? 'https://127.0.0.1:8443', secure: false, changeOrigin: true } } },
  test: { include: ['src/**/*.test.ts', 'locales/**/*.test.ts', 'build/**/*.test.ts'] },
});
