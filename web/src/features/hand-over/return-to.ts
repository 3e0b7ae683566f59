const KEY = 'tongxi.return-to';

/** The page that the director left when handing the screen over: they come back to it. */
export function rememberPage(): void {
  sessionStorage.setItem(KEY, location.pathname);
}

export function pageToReturnTo(caseId: string | null): string {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return kept ?? (caseId ? `/cases/${caseId}` : '/');
}
