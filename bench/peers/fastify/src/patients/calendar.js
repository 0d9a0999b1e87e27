// Days as `YYYY-MM-DD`.
const quarterOfAnHour = 900_000;
const days = new Map();

// The calendar day in an IANA zone now. Zones change their offset on whole quarters of an hour.
export function todayIn(timeZone) {
  const quarter = Math.floor(Date.now() / quarterOfAnHour);
  const known = days.get(timeZone);
  if (known?.quarter === quarter) return known.day;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
  days.set(timeZone, { quarter, day });
  return day;
}

// Completed years.
export function ageOn(today, bornOn) {
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return today.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

// Today's day, that many years ago.
export function estimatedBirthday(today, age) {
  const year = String(Number(today.slice(0, 4)) - age).padStart(4, '0');
  const day = `${year}${today.slice(4)}`;
  return day.endsWith('-02-29') && !isLeap(Number(year)) ? `${year}-02-28` : day;
}

const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
