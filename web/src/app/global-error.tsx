'use client';

/** When a root layout itself fails: no words of a language, no styles of the app can be relied on. */
export default function GlobalError() {
  return (
    <html lang="en-IN">
      <head>
        <title>Something went wrong · Terrace Clinic</title>
        <link rel="stylesheet" href="/offline.css" />
      </head>
      <body>
        <main>
          <h1>Something went wrong</h1>
          <p>The fault is ours and has been noted. Nothing you saved is lost.</p>
          <a href="/patients">Try again</a>
        </main>
      </body>
    </html>
  );
}
