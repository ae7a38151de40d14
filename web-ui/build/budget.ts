// Says what a page weighs on the wire (gzip: what every browser takes) and fails the build when it is too much.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Manifest, Plugin } from 'vite';

export interface Limit {
  /** Names in the build's manifest: all that they load at once counts, each file once. */
  readonly entries: readonly string[];
  readonly kilobytes: number;
}

export function budget(limits: Readonly<Record<string, Limit>>): Plugin {
  let folder = 'dist';
  return {
    name: 'parley-budget',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => { folder = join(config.root, config.build.outDir); },
    closeBundle: { order: 'post', sequential: true, handler: () => { check(folder, limits); } },
  };
}

function check(folder: string, limits: Readonly<Record<string, Limit>>): void {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  for (const [name, limit] of Object.entries(limits)) {
    const bytes = [...loaded(manifest, limit.entries)].reduce((sum, file) => sum + weight(join(folder, file)), 0);
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB compressed, at most ${limit.kilobytes}`);
    if (bytes > limit.kilobytes * 1000) throw new Error(`${name} is over its size: ${bytes} bytes compressed`);
  }
}

const weight = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The files that opening these entries loads: their chunks, what those import at once, and the styles of each. */
export function loaded(manifest: Manifest, entries: readonly string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (seen.has(key)) return;
    seen.add(key);
    if (!chunk) throw new Error(`the build has no ${key}`);
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    chunk.assets?.forEach((file) => files.add(file));
    chunk.imports?.forEach(visit);
    if (key.endsWith('.html')) files.add(key);
  };
  entries.forEach(visit);
  return files;
}
