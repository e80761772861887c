// Steps of a script that tries something out: prints {"step","problem"} for each that fails and {"steps","failed"} at the end.
let steps = 0, failed = 0;

export async function step(name, work) {
  steps++;
  try {
    await work();
  } catch (e) {
    failed++;
    console.log(JSON.stringify({ step: name, problem: String(e?.message ?? e) }));
  }
}

export function finish() {
  console.log(JSON.stringify({ steps, failed }));
  process.exit(failed ? 1 : 0);
}
