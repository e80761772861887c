// tell-bot.mjs ws://RELAY BOT: somebody tells a bot things in private, as an app does (NIP-17), and reads what it answers.
// Prints {"step","problem"} for each step that fails and {"steps","failed"} at the end; exit 1 if one failed.
import { AbstractRelay } from "nostr-tools/abstract-relay";
import { unwrapEvent, wrapEvent } from "nostr-tools/nip59";
import { finalizeEvent, generateSecretKey, getPublicKey, verifyEvent } from "nostr-tools/pure";
import { finish, step } from "./steps.mjs";

const [url, bot] = process.argv.slice(2);
const carol = generateSecretKey(), key = getPublicKey(carol);
const mallory = generateSecretKey();
const relay = await AbstractRelay.connect(url, { verifyEvent });
const answers = []; // what the bot said, as nostr-tools reads it
let heard = () => {};

const message = (content) => ({ kind: 14, tags: [["p", bot]], content });
const tell = (content) => relay.publish(wrapEvent(message(content), carol, bot));
async function answer(count) {
  const late = new Promise((_, fail) => setTimeout(() => fail(Error(`${answers.length} answers of ${count}`)), 30_000));
  const there = new Promise((done) => { heard = () => { if (answers.length >= count) done(); }; heard(); });
  await Promise.race([there, late]);
  return answers[count - 1];
}
function check(good, complaint) { if (!good) throw Error(complaint); }

await step("nobody reads what is for others", async () => {
  const reason = await new Promise((done) => {
    relay.subscribe([{ kinds: [1059], "#p": [key] }], { onevent: () => done("an event"), oneose: () => done("nothing"), onclose: done });
  });
  check(reason.startsWith("auth-required: "), `expected auth-required: but got ${reason}`);
});
await step("who one is can be proven (NIP-42)", async () => {
  await relay.auth(async (e) => finalizeEvent(e, carol));
  await new Promise((done, fail) => {
    relay.subscribe([{ kinds: [1059], "#p": [key] }], {
      onevent: (wrap) => {
        try { answers.push(unwrapEvent(wrap, carol)); } catch (e) { answers.push({ problem: String(e) }); }
        heard();
      },
      oneose: done,
      onclose: (reason) => fail(Error(reason)),
    });
  });
});
await step("the bot says what it can", async () => {
  await tell("help");
  const said = await answer(1);
  check(!said.problem, said.problem);
  check(said.kind === 14 && said.pubkey === bot, `not a message of the bot: ${JSON.stringify(said)}`);
  check(said.tags.some((t) => t[0] === "p" && t[1] === key), "it does not name who asked");
  check(/\bstart\b/.test(said.content) && /\bstop\b/.test(said.content), `not what it can do: ${said.content}`);
});
await step("it says where one is shown", async () => {
  await tell("status");
  const said = await answer(2);
  check(/not shown/.test(said.content), `not a status: ${JSON.stringify(said)}`);
});
await step("what is no message is refused with a reason", async () => {
  const broken = { ...wrapEvent(message("help"), carol, bot) };
  const sealed = finalizeEvent({ kind: 1059, created_at: broken.created_at, tags: broken.tags, content: broken.content.slice(0, -8) + "AAAAAAA=" }, mallory);
  const reason = await relay.publish(sealed).then(() => "accepted", (e) => String(e?.message ?? e));
  check(/invalid: /.test(reason), `expected invalid: but got ${reason}`);
  check(answers.length === 2, "the bot answered it");
});
relay.close();
finish();
