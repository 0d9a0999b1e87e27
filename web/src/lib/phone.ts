/** The ten digits of an Indian number in any form it is typed, or null for anything else. */
export function nationalDigits(typed: string): string | null {
  const digits = typed.replace(/[\s()./-]/g, '').replace(/^(?:\+91|0091|91(?=\d{10}$)|0)/, '');
  return /^[1-9]\d{9}$/.test(digits) ? digits : null;
}

/** As the API keeps it: of India as it is typed there, of another country with its +. Null for what is no number. */
export function e164(typed: string): string | null {
  const digits = nationalDigits(typed);
  if (digits) return `+91${digits}`;
  const foreign = typed.replace(/[\s().-]/g, '');
  return /^\+(?!91)[1-9]\d{6,14}$/.test(foreign) ? foreign : null;
}

/** +919876543210 as +91 98765 43210; a number of another form as it is. */
export function formatPhone(phone: string): string {
  const digits = phone.startsWith('+91') ? nationalDigits(phone) : null;
  return digits ? `+91 ${digits.slice(0, 5)} ${digits.slice(5)}` : phone;
}

/** As the form shows it, behind its fixed +91. */
export function phoneForInput(phone: string | null): string {
  if (!phone) return '';
  const digits = phone.startsWith('+91') ? nationalDigits(phone) : null;
  return digits ? `${digits.slice(0, 5)} ${digits.slice(5)}` : phone;
}
