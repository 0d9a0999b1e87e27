/**
 * One refresh for everyone who waits: all calls of this tab share a promise, and tabs queue behind a
 * lock. A call whose 401 comes back after another's refresh has ended needs none of its own, which the
 * time it was sent tells.
 */
const LOCK = 'session-refresh';
const LAST = 'terrace-session-refreshed';

let inflight: Promise<void> | undefined;

export function refreshSession(sentAt: number, refresh: () => Promise<void>): Promise<void> {
  inflight ??= underLock(async () => {
    if (lastRefresh() > sentAt) return;
    await refresh();
    localStorage.setItem(LAST, String(Date.now()));
  }).finally(() => {
    inflight = undefined;
  });
  return inflight;
}

function lastRefresh() {
  return Number(localStorage.getItem(LAST) ?? 0);
}

async function underLock(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(LOCK, work);
}
