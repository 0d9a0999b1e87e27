/** Paise as rupees in Indian grouping; the paise are written only where there are some. */
export function formatPaise(paise: number): string {
  // Made when it is needed: a page's first format takes a slow phone a tenth of a second.
  return new Intl.NumberFormat('en-IN', {
    style: 'currency',
    currency: 'INR',
    minimumFractionDigits: paise % 100 === 0 ? 0 : 2,
  }).format(paise / 100);
}

const GST_PERCENT = 18;

/** A price with GST, in whole paise. */
export function withGst(paise: number): number {
  return paise + Math.round((paise * GST_PERCENT) / 100);
}
