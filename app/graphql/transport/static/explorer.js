// GraphiQL over this server: queries and mutations by POST, subscriptions by Server-Sent Events.
"use strict";

const url = window.location.pathname;

async function ask(parameters, options) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...options.headers },
    body: JSON.stringify(parameters),
  });
  return response.json();
}

async function* listen(parameters, options) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", ...options.headers },
    body: JSON.stringify(parameters),
  });
  if (!response.headers.get("content-type").startsWith("text/event-stream")) {
    yield await response.json();
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    let pending = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      pending += value;
      const events = pending.split("\n\n");
      pending = events.pop();
      for (const event of events) {
        const name = /^event: (.*)$/m.exec(event);
        if (name && name[1] === "complete") return;
        const data = /^data: (.*)$/m.exec(event);
        if (data) yield JSON.parse(data[1]);
      }
    }
  } finally {
    await reader.cancel();
  }
}

// By the text alone: GraphiQL parses it only once it has read the schema, which needs the key first.
function isSubscription(parameters) {
  const text = parameters.query.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"/g, '""').replace(/#.*/g, "");
  const name = parameters.operationName;
  return new RegExp(name ? `\\bsubscription\\s+${name}\\b` : "^[\\s,]*subscription\\b").test(text);
}

function fetcher(parameters, options = {}) {
  return isSubscription(parameters) ? listen(parameters, options) : ask(parameters, options);
}

const welcome = `# Put your API key under Headers below:
#
#   { "Authorization": "Bearer sk_test_…" }
#
# then run this. The arrows in a circle, bottom left, read the schema: after that there are
# completion, and the documentation in the book, top left.

{
  viewer { mode apiKey { name } }
  entities(first: 5) { totalCount nodes { id name } }
}
`;

ReactDOM.createRoot(document.getElementById("explorer")).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: welcome,
    defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: false,
  }),
);
