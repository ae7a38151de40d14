import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { CircleCheck, Languages, LogOut, WifiOff, X } from 'lucide-preact';
import { languages, type Language } from '../model/language';
import { flash } from '../state/flash';
import { language, setLanguage, t } from '../state/i18n';
import { offline } from '../state/network';
import { school, session, signOut } from '../state/session';

/** What is round every page but the call: skip link, header, the offline banner and the footer. */
export function Shell({ children }: { children: ComponentChildren }) {
  return (
    <div class="shell">
      <a class="skip-link" href="#main" onClick={skip}>{t('skip')}</a>
      <Header />
      <OfflineBanner />
      <main id="main" tabIndex={-1}>
        <Flash />
        {children}
      </main>
      <footer class="footer">
        <p>{t('footer')}</p>
      </footer>
    </div>
  );
}

function Flash() {
  const { path } = useLocation();
  useEffect(() => { if (flash.value && flash.value.path !== path) flash.value = null; }, [path]);
  const shown = flash.value?.path === path ? flash.value : null;
  return (
    <div class="flash" role="status">
      {shown && (
        <div class="notice notice-green icon-line">
          <CircleCheck size={20} aria-hidden="true" />
          <p>{shown.text}</p>
          <button type="button" class="flash-close" aria-label={t('close')} onClick={() => { flash.value = null; }}><X size={20} aria-hidden="true" /></button>
        </div>
      )}
    </div>
  );
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Header() {
  return (
    <header class="header">
      <a class="brand" href="/">
        <img src="/parley.svg" alt="" width="32" height="32" />
        <span class="brand-name">{school.value ? <bdi>{school.value.name}</bdi> : t('brand')}</span>
      </a>
      <div class="header-tools">
        <LanguageChoice />
        {session.value.is === 'signed_in' && <SignOut />}
      </div>
    </header>
  );
}

function LanguageChoice() {
  return (
    <label class="language">
      <Languages size={20} aria-hidden="true" />
      <span class="visually-hidden">{t('language')}</span>
      <select value={language.value} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
        {languages.map((tag) => <option key={tag} value={tag} lang={tag}>{t(`languages.${tag}`)}</option>)}
      </select>
    </label>
  );
}

function SignOut() {
  const { route } = useLocation();
  const [failed, setFailed] = useState(false);
  const leave = async (): Promise<void> => {
    const problem = await signOut();
    setFailed(problem !== null);
    if (!problem) route('/', true);
  };
  return (
    <>
      <button type="button" class="button button-quiet sign-out" onClick={() => void leave()}>
        <LogOut size={20} aria-hidden="true" class="mirrored" />
        <span class="sign-out-text">{t('sign_out')}</span>
      </button>
      {failed && <p class="notice notice-red header-problem" role="alert">{t('error.sign_out')}</p>}
    </>
  );
}

export function OfflineBanner() {
  return (
    <div class="offline" role="status">
      {offline.value && <p><WifiOff size={20} aria-hidden="true" />{t('offline')}</p>}
    </div>
  );
}
