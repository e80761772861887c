package dev.drawbridge.benchmarks;

import dev.drawbridge.it.ProjectTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs benchmarks of JMH, in a process of their own. All that JMH says of them is in
/// `benchmarks/target/jmh-NAME.json`.
final class Jmh {
    private Jmh() {}

    /// How often each method of a class was called for each second of processor time, by the name of the method.
    static Map<String, Double> perProcessorSecond(Class<?> benchmarks) {
        var options = new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                .addProfiler(ProcessorTime.class)
                .resultFormat(ResultFormatType.JSON)
                .result(json(benchmarks).toString())
                .shouldFailOnError(true)
                .build();
        try {
            return new Runner(options).run().stream().collect(Collectors.toMap(Jmh::method, Jmh::perProcessorSecond));
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmarks of " + benchmarks.getSimpleName() + " did not run", e);
        }
    }

    private static String method(RunResult run) {
        String name = run.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static double perProcessorSecond(RunResult run) {
        return Objects.requireNonNull(run.getSecondaryResults().get(ProcessorTime.RESULT))
                .getScore();
    }

    private static Path json(Class<?> benchmarks) {
        try {
            Path folder = Files.createDirectories(ProjectTree.find().root().resolve("benchmarks/target"));
            return folder.resolve("jmh-" + benchmarks.getSimpleName() + ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
