type Listener = () => void;

const listeners = new Set<Listener>();

/** Told once a call has found that the session is over. Forms keep what was typed, the shell asks to sign in. */
export const sessionLost = {
  emit: () => listeners.forEach((listener) => listener()),
  subscribe: (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
