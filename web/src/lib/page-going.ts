type Listener = () => void;

/** Told when this page may go without another word: left, reloaded, or out of sight, where a phone takes it away. */
export const pageGoing = {
  subscribe: (listener: Listener) => {
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') listener();
    };
    window.addEventListener('pagehide', listener);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      window.removeEventListener('pagehide', listener);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  },
};
