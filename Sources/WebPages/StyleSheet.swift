import WebServer

/// The one style sheet: readable from 320 px up, by day and by night, without a script.
enum StyleSheet {
    static let route = Route(.get, "/style.css", access: .open) { _ in
        Answer(status: 200, fields: [("content-type", "text/css; charset=utf-8")], body: Array(text.utf8))
            .publicly(seconds: 3600)
    }

    private static let text = """
        :root {
          color-scheme: light dark;
          --ground: light-dark(#fdfcf9, #16181d);
          --sheet: light-dark(#ffffff, #1f2229);
          --ink: light-dark(#1d2430, #e9e7e1);
          --soft: light-dark(#596273, #a5acb9);
          --line: light-dark(#e2ded4, #343943);
          --alarm: light-dark(#a3261b, #ff9b8f);
          --accent: light-dark(#0b6b5d, #6fd3c0);
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; padding: 0 1rem 3rem; background: var(--ground); color: var(--ink);
          font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere;
        }
        header, main { max-width: 42rem; margin: 0 auto; }
        header { padding: 1rem 0; font-weight: 600; }
        a { color: var(--accent); }
        header a { text-decoration: none; }
        h1 { font-size: clamp(1.5rem, 5vw, 2rem); line-height: 1.2; margin: 0 0 .25rem; }
        h2 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
        h1.byline { font-size: 1.0625rem; font-weight: 400; }
        p { margin: .5rem 0; }
        .handle, .quiet { color: var(--soft); }
        .sheet {
          background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem;
          padding: clamp(1rem, 4vw, 2rem);
        }
        img { max-width: 100%; height: auto; border-radius: .5rem; }
        .bio { white-space: pre-line; }
        .portrait { display: block; margin-bottom: .75rem; }
        ul.people { list-style: none; padding: 0; margin: .25rem 0; }
        ul.tags { list-style: none; padding: 0; margin: .25rem 0; display: flex; flex-wrap: wrap; gap: .4rem; }
        ul.tags li { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; font-size: .95rem; }
        dl { display: grid; grid-template-columns: fit-content(60%) minmax(0, 1fr); gap: .4rem 1rem; margin: .25rem 0; }
        dd { margin: 0; color: var(--soft); text-align: right; }
        .narrow { max-width: 28rem; margin: 0 auto; }
        .trouble { color: var(--alarm); font-weight: 600; }
        label { display: block; margin: 1rem 0 .25rem; }
        input:not([type=hidden]) {
          width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: var(--ground);
          border: 1px solid var(--line); border-radius: .5rem;
        }
        button {
          margin-top: 1.25rem; padding: .65rem 1.25rem; min-height: 2.75rem; font: inherit; font-weight: 600;
          cursor: pointer;
          color: var(--sheet); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem;
        }
        button.second { color: var(--ink); background: transparent; border-color: var(--line); }
        .choices { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
        .secret {
          display: block; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; user-select: all;
        }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        code { font: .95em ui-monospace, monospace; }
        """
}
