import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { serverNow } from '../api/server-time.ts';

export type Language = 'zh-CN' | 'en';

/** Every namespace of both languages; a feature adds its file and needs nothing else. */
const files = import.meta.glob<Record<string, string>>('./locales/*/*.json', { import: 'default' });

const KEY = 'tongxi.language';
const stored = (): Language | null => {
  const value = localStorage.getItem(KEY);
  return value === 'zh-CN' || value === 'en' ? value : null;
};
const ofBrowser = (): Language => (navigator.language.startsWith('en') ? 'en' : 'zh-CN');

/** Loads the chosen language's namespaces. Chinese first, English complete. */
export async function startLanguage(namespaces: string[]): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: stored() ?? ofBrowser(),
    fallbackLng: 'zh-CN',
    ns: namespaces,
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load(i18next.language as Language, namespaces);
  document.documentElement.lang = i18next.language;
  // Chosen in another tab of this browser: every open page follows.
  window.addEventListener('storage', (event) => {
    if (event.key === KEY && stored()) void show(stored() ?? 'zh-CN');
  });
}

async function load(language: Language, namespaces: string[]): Promise<void> {
  await Promise.all(
    namespaces.map(async (ns) => {
      const file = files[`./locales/${language}/${ns}.json`];
      if (file && !i18next.hasResourceBundle(language, ns))
        i18next.addResourceBundle(language, ns, await file());
    }),
  );
}

/** A part of the page that is loaded later brings its words along: they follow the language like the others. */
export async function withWords<T>(namespaces: string[], part: Promise<T>): Promise<T> {
  const known = i18next.options.ns as string[];
  i18next.options.ns = [...new Set([...known, ...namespaces])];
  const [loaded] = await Promise.all([part, load(i18next.language as Language, namespaces)]);
  return loaded;
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await show(language);
}

async function show(language: Language): Promise<void> {
  await load(language, i18next.options.ns as string[]);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** `t('key')` of one namespace. */
export function useWords(ns: string): TFunction {
  return useTranslation(ns).t as TFunction;
}

export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}

// Punctuation is the language's too. Whoever calls these shows words besides, and is drawn anew with them.
const chinese = () => i18next.language !== 'en';
/** Between names: `甲、乙`, `A, B`. */
export const listMark = (): string => (chinese() ? '、' : ', ');
/** Behind a label: `时间：`, `Time: `. */
export const colon = (): string => (chinese() ? '：' : ': ');
/** Between facts of one person: `男，67岁`, `male, 67`. */
export const comma = (): string => (chinese() ? '，' : ', ');
/** Between sentences of one line: `甲；乙`, `A; B`. */
export const semicolon = (): string => (chinese() ? '；' : '; ');
/** Said beside it: `站点（方慧）`, `Station (方慧)`. */
export const aside = (what: string): string => (chinese() ? `（${what}）` : ` (${what})`);

const shanghai = 'Asia/Shanghai';

/** `2026年11月23日 14:30`, Shanghai, in the chosen language. */
export function formatMoment(iso: string, language: Language): string {
  const at = new Date(iso);
  return new Intl.DateTimeFormat(language, {
    timeZone: shanghai,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);
}

export function formatTime(iso: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: shanghai,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(iso));
}

/** `11月23日`, Shanghai, in the chosen language. */
export function formatDate(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeZone: shanghai, month: 'short', day: 'numeric' }).format(
    new Date(iso),
  );
}

/** `2026年11月23日`, Shanghai: for days of other years. */
export function formatLongDate(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: shanghai,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(iso));
}

/** Whether it is the same day in Shanghai now. */
export function isToday(iso: string): boolean {
  const day = (date: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: shanghai }).format(date);
  return day(new Date(iso)) === day(new Date(serverNow()));
}

export function formatDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}
