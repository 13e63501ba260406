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

function isSubscription(parameters, options) {
  const document = options.documentAST;
  if (!document) return false;
  const operations = document.definitions.filter((node) => node.kind === "OperationDefinition");
  const named = operations.find((node) => node.name && node.name.value === parameters.operationName);
  return (named || operations[0] || {}).operation === "subscription";
}

function fetcher(parameters, options = {}) {
  return isSubscription(parameters, options) ? listen(parameters, options) : ask(parameters, options);
}

const welcome = `# Put your API key under Headers below:
#
#   { "Authorization": "Bearer sk_test_…" }
#
# then run this, and open the documentation on the left.

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
