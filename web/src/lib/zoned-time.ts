/** A moment as the clock on the clinic's wall has it: 2026-11-28T15:00, whatever zone the device is in. */
export function wallTime(timestamp: string, zone: string): string {
  return clock(Date.parse(timestamp), zone).slice(0, 16);
}

/** The moment at which that clock shows this, or null for what is no time. */
export function momentOf(wall: string, zone: string): string | null {
  const asIfUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asIfUtc)) return null;
  const ahead = (moment: number) => Date.parse(`${clock(moment, zone)}Z`) - moment;
  // Asked again at what was found: the zone may have changed its clocks in between.
  const near = asIfUtc - ahead(asIfUtc);
  return new Date(asIfUtc - ahead(near)).toISOString();
}

/** The day that the clinic's calendar has now: 2026-11-28. */
export function today(zone: string): string {
  return dayOf(Date.now(), zone);
}

/** The day of a moment in that calendar. */
export function dayOf(moment: number, zone: string): string {
  return clock(moment, zone).slice(0, 10);
}

/** As it is called in the time zone database, and as it was before. */
const INDIA = /^Asia\/(Kolkata|Calcutta)$/;
const INDIA_AHEAD_MS = 5.5 * 3_600_000;

/**
 * India's clocks, which nobody has changed since 1945, need no locale data, whose first use takes a slow phone a tenth of a
 * second.
 */
function clock(moment: number, zone: string) {
  if (moment > 0 && INDIA.test(zone)) {
    return new Date(moment + INDIA_AHEAD_MS).toISOString().slice(0, 19);
  }
  return new Date(moment).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
}
