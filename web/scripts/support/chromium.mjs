/**
 * The browser of the end-to-end tests and of the scripts. The shell is Chromium without its windows: pages are the same,
 * and the tests take half of the processors' time.
 */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
