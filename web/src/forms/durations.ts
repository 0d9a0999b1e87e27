const DAY = 86_400;
const ISO = /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)$/;

/** The seconds of a duration as the API writes it: PT1H30M0S. */
export function secondsOf(duration: string): number | null {
  const parts = ISO.exec(duration);
  if (!parts || /[PT]$/.test(duration)) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (weeks * 7 + days) * DAY + hours * 3_600 + minutes * 60 + seconds;
}

export function durationOf(seconds: number): string {
  const rest = seconds % 60;
  return `PT${Math.floor(seconds / 60)}M${rest > 0 ? `${rest}S` : ''}`;
}

/** Minutes as a person writes them: 90, or 1:40 with seconds. */
export function minutesText(seconds: number): string {
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)}${rest > 0 ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

export function secondsTyped(minutes: string): number | null {
  const parts = /^(\d{1,7})(?::([0-5]\d))?$/.exec(minutes);
  return parts && Number(parts[1]) * 60 + Number(parts[2] ?? 0);
}
