import { t } from '../state/i18n';
import { Page } from './page';

export function NotFoundPage({ nothingHere }: { nothingHere?: boolean }) {
  if (nothingHere) return <Page narrow title={t('no_page.title')}><p>{t('no_page.text')}</p></Page>;
  return (
    <Page narrow title={t('not_found.title')}>
      <p>{t('not_found.text')}</p>
      <p><a class="button button-primary" href="/">{t('to_start')}</a></p>
    </Page>
  );
}
