import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { AppEnv } from './app-env.ts';
import { cookieNames } from './principal.ts';

type Which = keyof typeof cookieNames;

/** Session cookies: not readable by scripts, same site, encrypted transport wherever the address has it. */
export function giveCookie(c: Context<AppEnv>, which: Which, token: string, seconds: number): void {
  setCookie(c, cookieNames[which], token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: seconds,
    secure: c.var.deps.settings.publicUrl.startsWith('https:'),
  });
}

export function dropCookie(c: Context<AppEnv>, which: Which): void {
  deleteCookie(c, cookieNames[which], {
    path: '/',
    secure: c.var.deps.settings.publicUrl.startsWith('https:'),
  });
}
