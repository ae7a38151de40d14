// Where the built programs are: PARLEY_BUILD, or the release preset's folder.
import { fileURLToPath } from 'node:url';

export const buildFolder = process.env.PARLEY_BUILD ?? fileURLToPath(new URL('../../build/release', import.meta.url));
