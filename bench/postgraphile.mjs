// PostGraphile 5 over the same tables, as the product's role and under the same row-level security.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";

const { BENCH_PORT, BENCH_URL, BENCH_ROLE, BENCH_PLATFORM, BENCH_POOL } = process.env;

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: BENCH_URL,
      schemas: ["public"],
      poolConfig: { max: Number(BENCH_POOL) },
      pgSettings: () => ({ role: BENCH_ROLE, "app.platform": BENCH_PLATFORM, timezone: "UTC" }),
    }),
  ],
  grafserv: { port: Number(BENCH_PORT), watch: false, graphiql: false },
  grafast: { explain: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(BENCH_PORT), "127.0.0.1");
