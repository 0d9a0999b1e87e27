type Listener = () => void;

const listeners = new Set<Listener>();
let lastCallArrived = true;

/** Whether the server can be reached, as far as the browser and the last call know. */
export const connection = {
  /** Told by every call: it was answered, in whatever way, or it never arrived. */
  report: (arrived: boolean) => {
    if (arrived === lastCallArrived) return;
    lastCallArrived = arrived;
    listeners.forEach((listener) => listener());
  },
  isUp: () => navigator.onLine && lastCallArrived,
  subscribe: (listener: Listener) => {
    listeners.add(listener);
    window.addEventListener('online', listener);
    window.addEventListener('offline', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('online', listener);
      window.removeEventListener('offline', listener);
    };
  },
};
