const WHOLE = new Intl.NumberFormat('en-IN', {
  style: 'currency',
  currency: 'INR',
  maximumFractionDigits: 0,
});
const EXACT = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });

/** Paise as rupees in Indian grouping; the paise are written only where there are some. */
export function formatPaise(paise: number): string {
  return (paise % 100 === 0 ? WHOLE : EXACT).format(paise / 100);
}

const GST_PERCENT = 18;

/** A price with GST, in whole paise. */
export function withGst(paise: number): number {
  return paise + Math.round((paise * GST_PERCENT) / 100);
}
