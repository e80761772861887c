package dev.drawbridge.atproto.record.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Jazzer, in a process of its own: it watches which branches an input takes and goes on from those that took new ones.
///
/// @param folder for what it comes upon; what is there already is gone on from
/// @param time how long it looks
/// @param seed repeats a run
record Fuzzer(Path folder, Duration time, long seed) {
    private static final int LONGEST_INPUT = 16_384;
    private static final int SLOWEST_INPUT_S = 10;
    private static final Duration START_AND_END = Duration.ofMinutes(2);

    /// @param broken the inputs that something else than a refusal came of
    /// @param output all it said
    record Result(int exit, List<byte[]> broken, String output) {}

    Result run(Class<?> target, List<String> arguments, Path seeds) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path crashes = Files.createDirectories(folder.resolve("crashes"));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--target_args=" + String.join(" ", arguments),
                        "--instrumentation_includes=dev.drawbridge.**",
                        "--custom_hook_includes=dev.drawbridge.**",
                        "--reproducer_path=" + crashes,
                        "-artifact_prefix=" + crashes + "/",
                        "-max_total_time=" + time.toSeconds(),
                        "-max_len=" + LONGEST_INPUT,
                        "-timeout=" + SLOWEST_INPUT_S,
                        "-seed=" + seed,
                        corpus.toString(),
                        seeds.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(time.plus(START_AND_END).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the fuzzer does not end: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), broken(crashes), Files.readString(log));
    }

    private static List<byte[]> broken(Path crashes) throws IOException {
        try (Stream<Path> files = Files.list(crashes)) {
            List<Path> inputs = files.filter(file -> !file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            List<byte[]> found = new ArrayList<>();
            for (Path input : inputs) {
                found.add(Files.readAllBytes(input));
            }
            return found;
        }
    }
}
