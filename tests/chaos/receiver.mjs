// Receives webhooks and verifies each with the npm package `standardwebhooks`; says on standard output what came.
// node receiver.mjs FOLDER_OF_THE_PACKAGE; each line on standard input is {"path", "secret"}.
import http from "node:http";
import readline from "node:readline";
import { createRequire } from "node:module";

const { Webhook } = createRequire(`${process.argv[2]}/`)("standardwebhooks");
const verifiers = new Map();
const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { path, secret } = JSON.parse(line);
  verifiers.set(path, new Webhook(secret));
  say({ knows: path });
});

const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const id = request.headers["webhook-id"];
    try {
      const event = verifiers.get(request.url).verify(Buffer.concat(parts).toString("utf8"), request.headers);
      say({ path: request.url, id, event: event.id, ok: true });
      response.writeHead(204).end();
    } catch (error) {
      say({ path: request.url, id, ok: false, error: String(error) });
      response.writeHead(400).end();
    }
  });
});
server.listen(0, "127.0.0.1", () => say({ port: server.address().port }));
