// Signs the body on standard input as a marketplace's system in JavaScript does: sign.cjs SECRET ID SECONDS
const { Webhook } = require("standardwebhooks");
const [secret, id, seconds] = process.argv.slice(2);
const body = require("node:fs").readFileSync(0, "utf8");
process.stdout.write(new Webhook(secret).sign(id, new Date(Number(seconds) * 1000), body));
