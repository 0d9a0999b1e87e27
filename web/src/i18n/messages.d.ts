import type en from '../../messages/en.json';

// A key that no message has does not compile.
declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof en;
  }
}
