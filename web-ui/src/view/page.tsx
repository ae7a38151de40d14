import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../state/i18n';
import { school } from '../state/session';

/** The first page of a visit leaves the focus where the browser puts it; every later one moves it to its heading. */
let first = true;

/** For when what had the focus is gone. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

interface PageProps {
  /** The h1, and with the school's name the document's title. */
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** The way to the page above this one. */
  readonly back?: ComponentChildren;
  /** What stands at the top beside the heading. */
  readonly actions?: ComponentChildren;
  readonly narrow?: boolean;
  readonly children?: ComponentChildren;
}

export function Page({ title, lead, back, actions, narrow, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const name = school.value?.name ?? t('brand');
  useEffect(() => { document.title = t('page_title', { page: title, school: name }); }, [title, name]);
  useLayoutEffect(() => {
    if (!first) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first = false;
  }, []);
  return (
    <div class={narrow ? 'page page-narrow' : 'page'}>
      <div class={actions ? 'page-head page-head-wide' : 'page-head'}>
        {back && <p class="page-back">{back}</p>}
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead && <div class="page-lead stack-tight">{lead}</div>}
        {actions && <div class="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
