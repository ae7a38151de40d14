// One sentence about what has just been done, shown on the page it leads to until that page is left.
import { signal } from '@preact/signals';

export const flash = signal<{ readonly text: string; readonly path: string } | null>(null);

export function say(text: string, path: string): void {
  flash.value = { text, path };
}
