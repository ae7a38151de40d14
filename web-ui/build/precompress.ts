// Puts a .gz and a .br beside every text file of the build, so that the box compresses nothing while it serves.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const text = /\.(html|js|css|svg|json|txt|webmanifest)$/;

export function precompress(): Plugin {
  let folder = 'dist';
  return {
    name: 'parley-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => { folder = join(config.root, config.build.outDir); },
    closeBundle: { order: 'post', sequential: true, handler: () => { filesIn(folder).filter((file) => text.test(file)).forEach(compress); } },
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function compress(file: string): void {
  const plain = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
