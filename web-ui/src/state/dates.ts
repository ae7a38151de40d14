import { computed } from '@preact/signals';
import { makeDates } from '../model/dates';
import { formatTag } from '../model/language';
import { language } from './i18n';
import { school } from './session';

const ownZone = (): string | null => Intl.DateTimeFormat().resolvedOptions().timeZone || null;

/** In the language of the page and the zone of the school. */
export const dates = computed(() =>
  makeDates(formatTag(language.value, school.value?.locale ?? null), school.value?.zone ?? null, ownZone()));
