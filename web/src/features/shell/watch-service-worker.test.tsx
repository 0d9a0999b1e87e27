import { act, screen, waitFor } from '@testing-library/react';
import { NewSpecimen } from '@/forms/testing/specimen-form';
import { specimenWords } from '@/forms/testing/specimen';
import { renderApp } from '@/test/render';
import { UpdateBar } from './update-bar';
import { watchServiceWorker } from './watch-service-worker';

const reload = jest.fn();
const onNewer = jest.fn<undefined, [() => void]>();

/** What a browser has: a worker at work, and a newer one that waits. */
function browserWith({ waiting }: { waiting: boolean }) {
  const worker = { postMessage: jest.fn() };
  const registration = Object.assign(new EventTarget(), {
    waiting: waiting ? worker : null,
    installing: null,
    update: () => Promise.resolve(),
  });
  const workers = Object.assign(new EventTarget(), {
    controller: {},
    register: () => Promise.resolve(registration),
  });
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  return {
    worker,
    takesOver: () => act(() => void workers.dispatchEvent(new Event('controllerchange'))),
  };
}

let stop: () => void = () => undefined;
const watch = () => (stop = watchServiceWorker({ onNewer, reload }));

afterEach(() => {
  stop();
  jest.clearAllMocks();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

async function typeName() {
  const save = () => Promise.resolve();
  const view = renderApp(<NewSpecimen save={save} />, { words: specimenWords });
  await view.user.type(screen.getByLabelText(/^Name$/), 'Opal');
  return view;
}

test('a newer version is offered, and the tab that asks for it loads it', async () => {
  const { worker, takesOver } = browserWith({ waiting: true });
  watch();
  await typeName();
  await waitFor(() => expect(onNewer).toHaveBeenCalledTimes(1));
  expect(reload).not.toHaveBeenCalled();

  onNewer.mock.calls[0]?.[0]();
  expect(worker.postMessage).toHaveBeenCalledWith('skip-waiting');
  takesOver();
  expect(reload).toHaveBeenCalledTimes(1);
});

test('asked for in another tab, it is loaded here too', () => {
  const { takesOver } = browserWith({ waiting: false });
  watch();
  takesOver();
  expect(reload).toHaveBeenCalledTimes(1);
});

test('asked for in another tab, it takes no half-filled form away, and is offered here', async () => {
  const { takesOver } = browserWith({ waiting: false });
  watch();
  const { unmount } = await typeName();
  takesOver();
  expect(reload).not.toHaveBeenCalled();
  onNewer.mock.calls[0]?.[0]();
  expect(reload).toHaveBeenCalledTimes(1);

  unmount();
  takesOver();
  expect(reload).toHaveBeenCalledTimes(2);
});

test('the bar can be closed', async () => {
  const onClose = jest.fn();
  const { user } = renderApp(<UpdateBar onReload={reload} onClose={onClose} />);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(reload).not.toHaveBeenCalled();
});
