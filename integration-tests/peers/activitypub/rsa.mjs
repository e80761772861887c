// How many RSA-2048 signatures one thread of Node makes in a second of processor time.  node rsa.mjs [seconds]
// Prints one line "SIGNED {json}".
import { generateKeyPairSync, sign } from "node:crypto";

const seconds = Number(process.argv[2] ?? 3);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const message = Buffer.alloc(200, "a");
const until = (end) => {
  let n = 0;
  while (performance.now() < end) {
    sign("RSA-SHA256", message, privateKey);
    n++;
  }
  return n;
};
until(performance.now() + 500);
const before = process.cpuUsage();
const n = until(performance.now() + seconds * 1000);
const used = process.cpuUsage(before);
console.log("SIGNED " + JSON.stringify({ perCpuSecond: (n * 1e6) / (used.user + used.system) }));
