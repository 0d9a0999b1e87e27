# Two images of one build, since nginx serves the static files of exactly this build:
#   docker build -f deploy/docker/web.Dockerfile --target web  -t terrace-web .
#   docker build -f deploy/docker/web.Dockerfile --target edge -t terrace-edge .
FROM node:22-bookworm-slim AS build
WORKDIR /terrace/web
ENV NEXT_TELEMETRY_DISABLED=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm install --no-audit --no-fund
COPY web ./
ARG NEXT_PUBLIC_API_URL=
RUN NODE_ENV=production npm run build

FROM node:22-bookworm-slim AS web
WORKDIR /terrace
COPY --from=build --chown=root:root /terrace/web/.next/standalone ./
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000 NEXT_TELEMETRY_DISABLED=1 KEEP_ALIVE_TIMEOUT=30000
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "server.js"]

FROM nginx:1.28-bookworm AS edge
# nginx's own entry point fills ${TERRACE_…} into the templates and writes them to /etc/nginx.
RUN rm -rf /etc/nginx/conf.d /etc/nginx/nginx.conf && chown nginx: /etc/nginx && install -d -o nginx /run/terrace
COPY deploy/nginx/*.template /etc/nginx/templates/
COPY deploy/nginx/include/*.conf /etc/nginx/
COPY deploy/nginx/trusted-proxies.envsh /docker-entrypoint.d/10-trusted-proxies.envsh
COPY deploy/nginx/pages /usr/share/terrace/pages
COPY --from=build /terrace/web/.next/static /usr/share/terrace/static
COPY --from=build /terrace/web/.next/static-policies.conf /usr/share/terrace/static-policies.conf
ENV NGINX_ENVSUBST_OUTPUT_DIR=/etc/nginx NGINX_ENVSUBST_FILTER=^TERRACE_ \
    TERRACE_NGINX=/etc/nginx TERRACE_NGINX_STATE=/run/terrace TERRACE_NGINX_USER= \
    TERRACE_NGINX_PAGES=/usr/share/terrace/pages TERRACE_STATIC=/usr/share/terrace/static \
    TERRACE_STATIC_POLICIES=/usr/share/terrace/static-policies.conf \
    TERRACE_ENTRANCE=plain TERRACE_LISTEN=0.0.0.0 TERRACE_LISTEN_ALSO= TERRACE_PORT=8000 TERRACE_SCHEME=https \
    TERRACE_ORIGIN=https://localhost TERRACE_BASE_DOMAIN_PATTERN=localhost \
    TERRACE_API_UPSTREAM=api:8080 TERRACE_WEB_UPSTREAM=web:3000
USER nginx
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8000/healthz"]
CMD ["nginx"]
