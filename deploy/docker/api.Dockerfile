# The API: docker build -f deploy/docker/api.Dockerfile -t terrace-api .
FROM debian:12 AS build
WORKDIR /terrace
COPY bin/lib bin/lib
COPY deps deps
# The list that bin/setup reads, without Node.js, which the API does not need.
RUN apt-get update \
 && bash -c 'source bin/lib/all.sh && missing_packages build' | grep -vxE 'nodejs|npm' \
    | xargs apt-get install -y --no-install-recommends \
 && rm -rf /var/lib/apt/lists/*
COPY CMakeLists.txt CMakePresets.json ./
COPY cmake cmake
COPY src src
RUN cmake --preset release -D CMAKE_CXX_COMPILER_LAUNCHER= && ninja -C build/release terrace \
 && strip build/release/terrace

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl tzdata libpq5 libsodium23 libcjose0 libjansson4 \
    libsimdjson14 libarchive13 libc-ares2 libpsl5 libicu72 libmagic1 libmagic-mgc libturbojpeg0 libwebp7 \
    libspdlog1.10 libfmt9 libre2-9 libssl3 libdate-tz3 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin terrace
COPY --from=build /terrace/build/release/terrace /usr/local/bin/terrace
COPY migrations /usr/share/terrace/migrations
ENV TERRACE_ENV=production TERRACE_API_ADDRESS=0.0.0.0 TERRACE_API_PORT=8080 \
    TERRACE_MIGRATIONS=/usr/share/terrace/migrations TERRACE_HOME=/tmp
USER terrace
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/healthz"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["terrace"]
CMD ["serve"]
