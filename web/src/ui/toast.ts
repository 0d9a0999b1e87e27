export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

const MOST = 3;

let toasts: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: Toast[]) {
  toasts = next;
  listeners.forEach((listener) => listener());
}

/** Called in answer to something a person did, in the browser only. */
export function showToast(toast: Omit<Toast, 'id'>) {
  lastId += 1;
  set([...toasts, { ...toast, id: lastId }].slice(-MOST));
}

export function dismissToast(id: number) {
  set(toasts.filter((toast) => toast.id !== id));
}

export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  /** None on the server: nobody does anything there. */
  get: () => toasts,
};
