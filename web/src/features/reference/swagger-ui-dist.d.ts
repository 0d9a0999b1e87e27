/** What viewer.ts uses of Swagger UI, which ships no types. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  import type { ComponentType, createElement, ReactNode } from 'react';

  interface Request extends RequestInit {
    url: string;
    userFetch?: (url: string, init: RequestInit) => Promise<Response>;
  }

  interface LayoutActions {
    show: (place: string[], shown: boolean) => void;
    scrollTo: (place: string[]) => void;
  }

  type Wrapped = (original: unknown, system: { layoutActions: LayoutActions }) => Action;
  type Action = (hash: string) => void;

  interface Props {
    /** Of a link. */
    text: ReactNode;
    getComponent: (name: string, container: true) => ComponentType;
    specSelectors: { specStr: () => string | undefined };
  }

  interface Parts {
    components?: Record<string, (props: Props) => ReactNode>;
    statePlugins?: { layout: { wrapActions: Record<string, Wrapped> } };
  }

  /** Swagger UI brings a React of its own. */
  export type Plugin = (system: { React: { createElement: typeof createElement } }) => Parts;

  interface Options {
    domNode: HTMLElement;
    url: string;
    presets: Plugin[][];
    plugins: Plugin[];
    layout: string;
    deepLinking: boolean;
    defaultModelsExpandDepth: number;
    syntaxHighlight: false;
    tryItOutEnabled: boolean;
    validatorUrl: null;
    requestInterceptor: (request: Request) => Request;
  }

  interface SwaggerUI {
    (options: Options): void;
    presets: { apis: Plugin[] };
  }

  const SwaggerUI: SwaggerUI;
  export default SwaggerUI;
}
