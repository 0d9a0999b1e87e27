import { mendMarkup } from './mend-markup';

test('what comes later has names, levels, and is reached by the keyboard', async () => {
  const root = document.createElement('div');
  const observer = mendMarkup(root);
  root.innerHTML = `
    <h3>patients</h3>
    <table role="region"><tbody><tr data-param-name="search"><td><input></td></tr></tbody></table>
    <div class="opblock-section-request-body"><textarea></textarea><select aria-label="Type"></select></div>
    <pre>long</pre>`;
  await Promise.resolve(); // observers are told in a microtask

  expect(root.querySelector('input')).toHaveAccessibleName('search');
  expect(root.querySelector('textarea')).toHaveAccessibleName('Request body');
  expect(root.querySelector('select')).toHaveAccessibleName('Type');
  expect(root.querySelector('h3')).toHaveAttribute('aria-level', '2');
  expect(root.querySelector('pre')).toHaveAttribute('tabindex', '0');
  expect(root.querySelector('[role=region]')).toBeNull();
  observer.disconnect();
});
