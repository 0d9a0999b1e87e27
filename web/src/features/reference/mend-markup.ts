type Mend = [selector: string, mend: (element: Element) => void];

/** What those who cannot see the page, or use no pointer, would miss in Swagger UI's markup. */
const MENDS: Mend[] = [
  ['tr[data-param-name] :is(input, select, textarea):not([aria-label])', named(parameterOf)],
  [
    '.opblock-section-request-body :is(textarea, input):not([aria-label])',
    named(() => 'Request body'),
  ],
  // Text that scrolls is reached by the keyboard.
  ['pre:not([tabindex])', (text) => text.setAttribute('tabindex', '0')],
  // Its headings are those of a whole page, which begin below a title that is hidden here.
  ['h3:not([aria-level])', (heading) => heading.setAttribute('aria-level', '2')],
  ['h4:not([aria-level])', (heading) => heading.setAttribute('aria-level', '3')],
  ['h5:not([aria-level])', (heading) => heading.setAttribute('aria-level', '4')],
  // Tables are tables.
  ['table[role=region]', (table) => table.removeAttribute('role')],
];

/** Mends what is in `root` as it appears. */
export function mendMarkup(root: HTMLElement): MutationObserver {
  const observer = new MutationObserver(() => {
    for (const [selector, mend] of MENDS) root.querySelectorAll(selector).forEach(mend);
  });
  observer.observe(root, { childList: true, subtree: true });
  return observer;
}

function named(nameOf: (control: Element) => string) {
  return (control: Element) => control.setAttribute('aria-label', nameOf(control));
}

function parameterOf(control: Element): string {
  return control.closest('[data-param-name]')?.getAttribute('data-param-name') ?? '';
}
