import { screen, within } from '@testing-library/react';
import { me, renderApp } from '@/test/render';
import { Shell } from './shell';

test('every page says above its heading which clinic this is', () => {
  renderApp(
    <Shell me={me}>
      <h1>Patients</h1>
    </Shell>,
  );
  const name = within(screen.getByRole('main')).getByText('Asha Clinic', { selector: 'p' });
  const heading = screen.getByRole('heading', { level: 1 });
  expect(name.compareDocumentPosition(heading)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
