import SwaggerUI, { type Plugin } from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import { mendMarkup } from './mend-markup';
import { fetchAsPerson, type Session } from './session-fetch';
import './viewer.css';
import './viewer-forms.css';
import './viewer-texts.css';

/** What the page has no part of its own for; nothing to sign in or to choose a server by. */
const layout: Plugin = ({ React }) => ({
  components: {
    ReferenceLayout: ({ getComponent, specSelectors }) => {
      const parts = specSelectors.specStr()
        ? ['InfoContainer', 'operations', 'Models']
        : ['errors'];
      return React.createElement(
        'div',
        { className: 'swagger-ui' },
        parts.map((name) => React.createElement(getComponent(name, true), { key: name })),
      );
    },
  },
});

/** A link within a button is one that no screen reader finds; pressing the button sets the address as well. */
const withoutNestedLinks: Plugin = () => ({ components: { DeepLink: ({ text }) => text } });

/**
 * Opens what the address names: `#/patients/patients_list`. Swagger UI's own way takes an underscore for a space as
 * it was written once, and complains.
 */
const deepLinks: Plugin = () => ({
  statePlugins: {
    layout: {
      wrapActions: {
        parseDeepLinkHash:
          (_, { layoutActions }) =>
          (hash) => {
            const [tag, operation] = hash.replace(/^#\/?/, '').split('/');
            if (!tag) return;
            const place = operation ? ['operations', tag, operation] : ['operations-tag', tag];
            layoutActions.show(place, true);
            layoutActions.scrollTo(place);
          },
      },
    },
  },
});

/** Shows the API's operations in a place of the page; returns what ends it. */
export function showOperations(place: HTMLElement, session: Session): () => void {
  const root = place.appendChild(document.createElement('div'));
  const mending = mendMarkup(root);
  SwaggerUI({
    domNode: root,
    url: '/api/v1/openapi.json',
    presets: [SwaggerUI.presets.apis],
    plugins: [layout, withoutNestedLinks, deepLinks],
    layout: 'ReferenceLayout',
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    syntaxHighlight: false,
    tryItOutEnabled: true,
    validatorUrl: null,
    requestInterceptor: (request) => ({
      ...request,
      userFetch: (url, init) => fetchAsPerson(url, init, session),
    }),
  });
  return () => {
    mending.disconnect();
    root.remove();
  };
}
